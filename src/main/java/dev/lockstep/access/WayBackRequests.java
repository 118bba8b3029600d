package dev.lockstep.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/**
 * Remembers with a request to the provider to where somebody returns from it. It is kept on this side, beside the
 * request that the answer has to belong to: the session that held it is gone when the answer has been accepted.
 */
final class WayBackRequests
        implements AuthorizationRequestRepository<OAuth2AuthorizationRequest>, AuthenticationSuccessHandler {

    /** Parameter that names the page, and attribute that keeps it. */
    static final String NEXT = "next";

    private static final String FOUND = WayBackRequests.class.getName();

    private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> requests =
            new HttpSessionOAuth2AuthorizationRequestRepository();
    private final AuthenticationSuccessHandler otherwise = new SavedRequestAwareAuthenticationSuccessHandler();

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return requests.loadAuthorizationRequest(request);
    }

    @Override
    public void saveAuthorizationRequest(
            OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
        requests.saveAuthorizationRequest(asked, request, response);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = requests.removeAuthorizationRequest(request, response);
        if (asked != null) {
            request.setAttribute(FOUND, asked.getAttribute(NEXT));
        }
        return asked;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException, ServletException {
        if (request.getAttribute(FOUND) instanceof String next) {
            response.sendRedirect(request.getContextPath() + WayBack.local(next));
        } else {
            otherwise.onAuthenticationSuccess(request, response, login);
        }
    }
}
