package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Answers a request of somebody who may not do that, and writes it down. */
final class Refusal implements AccessDeniedHandler {

    private final RefusalRecord refusals;

    Refusal(RefusalRecord refusals) {
        this.refusals = refusals;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException) {
            refuseWithoutToken(request, response);
        } else if (mustReplacePassword()) {
            leadToPassword(request, response);
        } else {
            refuse(request, response, reason);
        }
    }

    private static void refuseWithoutToken(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (DecodedPath.of(request).equals("/login")) {
            // The page stood open for longer than its session lived: a fresh one works.
            response.sendRedirect(request.getContextPath() + "/login?expired");
        } else if (Browser.opensPage(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            Problems.write(
                    response, HttpServletResponse.SC_FORBIDDEN, "The token of the page is missing; load it again.");
        }
    }

    private static boolean mustReplacePassword() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login != null && login.getPrincipal() instanceof SignedInUser user && user.mustReplacePassword();
    }

    private static void leadToPassword(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Browser.opensPage(request)) {
            response.sendRedirect(request.getContextPath() + "/password");
        } else {
            Problems.write(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "The password is for one time: replace it at /password first.");
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        String reason = reason(denied);
        refusals.refused(request, reason);
        if (Browser.opensPage(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            Problems.write(response, HttpServletResponse.SC_FORBIDDEN, "Your roles do not allow this: " + reason + ".");
        }
    }

    private static String reason(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException decided
                        && decided.getAuthorizationResult() instanceof Verdict verdict
                ? verdict.reason()
                : "nobody may";
    }
}
