package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** HTTP methods that change nothing. */
final class ReadOnlyMethod {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private ReadOnlyMethod() {}

    static boolean is(HttpServletRequest request) {
        return METHODS.contains(request.getMethod());
    }
}
