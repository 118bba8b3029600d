package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;

/** The path of a request as the container decoded and normalised it to find the servlet. */
final class DecodedPath {

    private DecodedPath() {}

    static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }
}
