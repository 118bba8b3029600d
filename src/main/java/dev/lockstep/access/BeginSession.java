package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionFixationProtectionStrategy;

/**
 * Begins a session after a login. It takes over nothing of the one before, so nothing of an engine login survives a
 * change of user.
 */
final class BeginSession implements SessionAuthenticationStrategy {

    /** Names the row of the session in the session itself. */
    static final String ID = "lockstep.session";

    private final SessionFixationProtectionStrategy fresh = new SessionFixationProtectionStrategy();
    private final AccessSessions sessions;
    private final StepUpRules rules;

    BeginSession(AccessSessions sessions, StepUpRules rules) {
        this.sessions = sessions;
        this.rules = rules;
        fresh.setMigrateSessionAttributes(false);
    }

    /** Sees to it that a login with a form or at the provider does so; what logs in with each request does not. */
    ObjectPostProcessor<AbstractAuthenticationProcessingFilter> afterLogin() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends AbstractAuthenticationProcessingFilter> O postProcess(O filter) {
                filter.setSessionAuthenticationStrategy(BeginSession.this);
                return filter;
            }
        };
    }

    @Override
    public void onAuthentication(Authentication login, HttpServletRequest request, HttpServletResponse response) {
        fresh.onAuthentication(login, request, response);
        SignedInUser.of(login).ifPresent(user -> begin(user, login, request));
    }

    private void begin(SignedInUser user, Authentication login, HttpServletRequest request) {
        ProviderUser provided = login.getPrincipal() instanceof ProviderUser one ? one : null;
        String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
        HttpSession session = request.getSession(true);
        String providerSession = provided == null ? null : provided.session();
        session.setAttribute(
                ID, sessions.begin(user, providerSession, request.getRemoteAddr(), agent, factorAt(provided)));
        ProviderTokens.keep(request, session);
    }

    /** The provider tells how somebody logged in, and when; a token without that time is as old as it can be. */
    private @Nullable Instant factorAt(@Nullable ProviderUser user) {
        return user != null && rules.told(user.getClaims()) ? user.getIdToken().getAuthenticatedAt() : null;
    }

    /** The row of the session that a request belongs to; null when it belongs to none. */
    static @Nullable String id(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute(ID);
    }
}
