package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells people who look at pages from scripts in pages and from programs. */
final class Browser {

    private Browser() {}

    /** Somebody opens a page: may be sent to the login page and back. */
    static boolean opensPage(HttpServletRequest request) {
        return accepts(request.getHeader("Accept"), "text/html") && request.getHeader("X-Requested-With") == null;
    }

    /** Anything that a browser sends, scripts in pages included. */
    static boolean sent(HttpServletRequest request) {
        return opensPage(request)
                || request.getHeader("Sec-Fetch-Site") != null
                || request.getHeader("X-Requested-With") != null;
    }

    private static boolean accepts(@Nullable String accept, String type) {
        return accept != null && accept.contains(type);
    }
}
