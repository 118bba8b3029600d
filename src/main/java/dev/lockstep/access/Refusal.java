package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Answers a request of somebody who may not do that. */
final class Refusal implements AccessDeniedHandler {

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException && DecodedPath.of(request).equals("/login")) {
            // The page stood open for longer than its session lived: a fresh one works.
            response.sendRedirect(request.getContextPath() + "/login?expired");
        } else if (Browser.opensPage(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (reason instanceof CsrfException) {
            Problems.write(
                    response, HttpServletResponse.SC_FORBIDDEN, "The token of the page is missing; load it again.");
        } else {
            Problems.write(response, HttpServletResponse.SC_FORBIDDEN, "Your roles do not allow this.");
        }
    }
}
