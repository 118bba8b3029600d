package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * Keeps the provider's tokens in the session that they began, in memory only. They come before that session does, which
 * takes over nothing of the one before, so they wait at the request.
 */
final class ProviderTokens implements OAuth2AuthorizedClientRepository {

    private static final String KEY = ProviderTokens.class.getName();

    /** Hands the tokens that came with this request to the session that begins. */
    static void keep(HttpServletRequest request, HttpSession session) {
        Object tokens = request.getAttribute(KEY);
        if (tokens != null) {
            session.setAttribute(KEY, tokens);
        }
    }

    static @Nullable OAuth2AuthorizedClient of(HttpSession session) {
        return (OAuth2AuthorizedClient) session.getAttribute(KEY);
    }

    static void replace(HttpSession session, OAuth2AuthorizedClient tokens) {
        session.setAttribute(KEY, tokens);
    }

    /** Nobody asks for them in this way. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    @Override
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registration, Authentication login, HttpServletRequest request) {
        return null;
    }

    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client,
            Authentication login,
            HttpServletRequest request,
            HttpServletResponse response) {
        request.setAttribute(KEY, client);
    }

    @Override
    public void removeAuthorizedClient(
            String registration, Authentication login, HttpServletRequest request, HttpServletResponse response) {
        request.removeAttribute(KEY);
    }
}
