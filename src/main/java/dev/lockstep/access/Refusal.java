package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Answers a request of somebody who may not do that, and writes it down. */
final class Refusal implements AccessDeniedHandler {

    /** Tells programs that a second factor is missing. */
    static final String FACTOR_TYPE = "urn:ietf:rfc:9470";

    private final RefusalRecord refusals;
    private final FreshFactor factors;

    Refusal(RefusalRecord refusals, FreshFactor factors) {
        this.refusals = refusals;
        this.factors = factors;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException) {
            refuseWithoutToken(request, response);
        } else if (mustReplacePassword()) {
            leadToPassword(request, response);
        } else if (lacks(reason) == Verdict.Lacks.FACTOR || lacks(reason) == Verdict.Lacks.FRESH_FACTOR) {
            refusals.refused(request, reason(reason));
            leadToFactor(request, response);
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
        return SignedInUser.of(login).filter(SignedInUser::mustReplacePassword).isPresent();
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

    /** On pages somebody gives it and comes back; what was sent is not kept, and is sent again. */
    private void leadToFactor(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Browser.opensPage(request)) {
            String next = URLEncoder.encode(WayBack.of(request), StandardCharsets.UTF_8);
            response.sendRedirect(request.getContextPath() + "/second-factor?next=" + next);
        } else {
            factors.challenge(response);
            Problems.write(response, HttpServletResponse.SC_UNAUTHORIZED, FACTOR_TYPE, factors.sentence());
        }
    }

    private static Verdict.Lacks lacks(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException decided
                        && decided.getAuthorizationResult() instanceof Verdict verdict
                ? verdict.lacks()
                : Verdict.Lacks.ROLE;
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
