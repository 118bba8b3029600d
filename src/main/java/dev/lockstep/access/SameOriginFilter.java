package dev.lockstep.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a page of another site asks for. Browsers name the page's origin in each such request; programs
 * name none, and Camunda Modeler names {@code file://}, which no page on the web can.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader("Origin");
        if (origin == null || ReadOnlyMethod.is(request) || allowed(origin, request)) {
            chain.doFilter(request, response);
        } else {
            Problems.write(
                    response, HttpServletResponse.SC_FORBIDDEN, "The request comes from a page of another site.");
        }
    }

    private static boolean allowed(String origin, HttpServletRequest request) {
        if (origin.equals("file://")) {
            return true;
        }
        String authority = authority(origin);
        return authority != null
                && (authority.equalsIgnoreCase(request.getHeader("Host"))
                        || authority.equalsIgnoreCase(forwardedAuthority(request)));
    }

    private static @Nullable String authority(String origin) {
        try {
            return new URI(origin).getRawAuthority();
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    /** Host and port as a trusted proxy forwarded them, written as a browser writes them. */
    private static String forwardedAuthority(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return usual ? request.getServerName() : request.getServerName() + ":" + port;
    }
}
