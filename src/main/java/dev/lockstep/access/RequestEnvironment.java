package dev.lockstep.access;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Operations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the environment of the credential that a request is about, by its path. */
final class RequestEnvironment {

    private static final Pattern CREDENTIAL = Pattern.compile("(?:/api/v1)?/credentials/([^/]+)/.+");
    private static final Pattern OPERATION =
            Pattern.compile("(?:/api/v1)?/operations/(?:op-)?([1-9][0-9]{0,17})(?:/.*)?");

    private static final Pattern DRILL = Pattern.compile("(?:/api/v1)?/drills/(?:drill-)?([1-9][0-9]{0,17})(?:/.*)?");

    private final Operations operations;
    private final Drills drills;

    RequestEnvironment(Operations operations, Drills drills) {
        this.operations = operations;
        this.drills = drills;
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
        if (operation.matches()) {
            return environment(operations.find(number(operation)).map(Operation::credential));
        }
        Matcher drill = DRILL.matcher(path);
        return drill.matches() ? environment(drills.find(number(drill)).map(Drill::credential)) : null;
    }

    private static long number(Matcher path) {
        return Long.parseLong(path.group(1));
    }

    private static @Nullable String environment(Optional<CredentialName> credential) {
        return credential.map(CredentialName::environment).orElse(null);
    }
}
