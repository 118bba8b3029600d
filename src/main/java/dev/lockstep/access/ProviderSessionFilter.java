package dev.lockstep.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Asks the provider again as soon as what it told of a session is out of date: the roles may be others by then, and the
 * session may have ended there. When the provider does not answer, the session goes on for a while.
 */
final class ProviderSessionFilter extends OncePerRequestFilter {

    /** Pause between two attempts while the provider is silent. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final String NEXT_ATTEMPT = ProviderSessionFilter.class.getName();

    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final ProviderRenewal renewal;
    private final Duration grace;
    private final Clock clock;

    ProviderSessionFilter(ProviderRenewal renewal, Duration grace, Clock clock) {
        this.renewal = renewal;
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        HttpSession session = request.getSession(false);
        if (session != null && login != null && login.getPrincipal() instanceof ProviderUser user) {
            // A second request at the same time waits, because some providers take each refresh token once only.
            synchronized (WebUtils.getSessionMutex(session)) {
                bringUpToDate(user, session, request, response);
            }
        }
        chain.doFilter(request, response);
    }

    private void bringUpToDate(
            ProviderUser user, HttpSession session, HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizedClient tokens = ProviderTokens.of(session);
        Instant now = clock.instant();
        Instant until = tokens == null ? Instant.MIN : tokens.getAccessToken().getExpiresAt();
        if (tokens == null || until == null || now.isBefore(until)) {
            if (tokens == null) {
                CurrentSessionFilter.end(request);
            }
            return;
        }
        if (session.getAttribute(NEXT_ATTEMPT) instanceof Instant next && now.isBefore(next)) {
            return;
        }
        try {
            ProviderRenewal.Renewed renewed = renewal.of(user, tokens);
            ProviderTokens.replace(session, renewed.tokens());
            session.removeAttribute(NEXT_ATTEMPT);
            logIn(renewed.user(), request, response);
        } catch (OAuth2AuthorizationException | AuthenticationException refused) {
            if (ProviderRenewal.silent(refused) && now.isBefore(until.plus(grace))) {
                session.setAttribute(NEXT_ATTEMPT, now.plus(PAUSE));
            } else {
                CurrentSessionFilter.end(request);
            }
        }
    }

    private void logIn(@Nullable ProviderUser user, HttpServletRequest request, HttpServletResponse response) {
        if (user == null) {
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new OAuth2AuthenticationToken(user, user.getAuthorities(), ProviderClient.ID));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}
