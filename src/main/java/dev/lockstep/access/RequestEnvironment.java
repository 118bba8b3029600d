package dev.lockstep.access;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Operations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the environment of the credential that a request is about, by its path. */
final class RequestEnvironment {

    private static final Pattern CREDENTIAL = Pattern.compile("(?:/api/v1)?/credentials/([^/]+)/.+");
    private static final Pattern OPERATION =
            Pattern.compile("(?:/api/v1)?/operations/(?:op-)?([1-9][0-9]{0,17})(?:/.*)?");

    private final Operations operations;

    RequestEnvironment(Operations operations) {
        this.operations = operations;
    }

    /** Null when the path leads to no credential; what has no environment is out of reach of every limited role. */
    @Nullable
    String of(HttpServletRequest request) {
        String path = DecodedPath.of(request);
        Matcher credential = CREDENTIAL.matcher(path);
        if (credential.matches()) {
            String environment = credential.group(1);
            return Grant.isEnvironment(environment) ? environment : null;
        }
        Matcher operation = OPERATION.matcher(path);
        return operation.matches() ? environment(Long.parseLong(operation.group(1))) : null;
    }

    private @Nullable String environment(long operation) {
        return operations
                .find(operation)
                .map(Operation::credential)
                .map(name -> name.environment())
                .orElse(null);
    }
}
