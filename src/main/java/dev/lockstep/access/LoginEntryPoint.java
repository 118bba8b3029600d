package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Asks who is not logged in to log in: people by the login page, programs by HTTP Basic. A browser is never asked for
 * HTTP Basic: it would keep the password and add it to requests that other sites make it send.
 */
final class LoginEntryPoint implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof AuthenticationServiceException) {
            Problems.write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Logins cannot be checked now.");
        } else if (Browser.opensPage(request) && ReadOnlyMethod.is(request)) {
            response.sendRedirect(request.getContextPath() + "/login");
        } else {
            if (!Browser.sent(request)) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Lockstep\", charset=\"UTF-8\"");
            }
            Problems.write(response, HttpServletResponse.SC_UNAUTHORIZED, "Log in with user and password.");
        }
    }
}
