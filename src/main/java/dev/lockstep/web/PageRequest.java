package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;

/** Tells people who look at pages from programs. */
final class PageRequest {

    private PageRequest() {}

    static boolean is(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && !request.getServletPath().startsWith("/api/");
    }
}
