package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Asks who is not logged in to log in: people by the login page, programs by HTTP Basic. A browser is never asked for
 * HTTP Basic: it would keep the password and add it to requests that other sites make it send.
 */
final class LoginEntryPoint implements AuthenticationEntryPoint {

    private static final int TOO_MANY_REQUESTS = 429;

    private final boolean tokens;

    /** @param tokens whether programs may come with a token of the provider as well */
    LoginEntryPoint(boolean tokens) {
        this.tokens = tokens;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof TooManyLogins limited) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(limited.retryAfter().toSeconds()));
            Problems.write(response, TOO_MANY_REQUESTS, TooManyLogins.SENTENCE);
        } else if (reason instanceof AuthenticationServiceException) {
            Problems.write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Logins cannot be checked now.");
        } else if (Browser.opensPage(request) && ReadOnlyMethod.is(request)) {
            response.sendRedirect(request.getContextPath() + "/login");
        } else {
            if (!Browser.sent(request)) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Lockstep\", charset=\"UTF-8\"");
                if (tokens) {
                    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, bearer(reason));
                }
            }
            Problems.write(response, HttpServletResponse.SC_UNAUTHORIZED, sentence(reason));
        }
    }

    /** As RFC 6750 has it. */
    private static String bearer(AuthenticationException reason) {
        return reason instanceof OAuth2AuthenticationException || reason instanceof ProviderRefusal
                ? "Bearer realm=\"Lockstep\", error=\"invalid_token\""
                : "Bearer realm=\"Lockstep\"";
    }

    private static String sentence(AuthenticationException reason) {
        if (reason instanceof TokenEnded) {
            return "The token has ended or was taken back. On the command line: lockstep login";
        }
        if (reason instanceof ProviderRefusal refused) {
            return refused.reason().sentence();
        }
        return reason instanceof OAuth2AuthenticationException
                ? "The token is not valid here: it has expired, or is for somebody else or from another issuer."
                : "Log in with user and password.";
    }
}
