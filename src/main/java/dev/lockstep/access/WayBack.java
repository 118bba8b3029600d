package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;

/** Finds the page to which somebody returns who was led away: never one of another site. */
final class WayBack {

    private static final String OVERVIEW = "/";

    private WayBack() {}

    /** A path of this site; anything else leads to the overview. */
    static String local(String next) {
        boolean path = next.startsWith("/") && !next.startsWith("//") && next.indexOf('\\') < 0;
        return path && next.chars().allMatch(each -> each > ' ' && each < 0x7f) ? next : OVERVIEW;
    }

    /** The page itself, or the one on which a form was filled in. */
    static String of(HttpServletRequest request) {
        if (ReadOnlyMethod.is(request)) {
            String query = request.getQueryString();
            return request.getRequestURI() + (query == null ? "" : "?" + query);
        }
        String referer = request.getHeader("Referer");
        if (referer == null) {
            return OVERVIEW;
        }
        try {
            URI page = new URI(referer);
            boolean here = String.valueOf(page.getRawAuthority()).equalsIgnoreCase(request.getHeader("Host"));
            return here && page.getRawPath() != null && page.getRawPath().startsWith("/")
                    ? page.getRawPath()
                    : OVERVIEW;
        } catch (URISyntaxException malformed) {
            return OVERVIEW;
        }
    }
}
