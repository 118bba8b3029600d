package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.AuditTrail;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends sessions when the provider says so: OpenID Connect Back-Channel Logout 1.0. They end on every node, because it
 * is the table that decides.
 */
final class BackChannelLogout extends OncePerRequestFilter {

    static final String PATH = "/logout/oidc";

    private final JwtDecoder logoutTokens;
    private final ProviderProperties provider;
    private final AccessSessions sessions;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;

    BackChannelLogout(
            JwtDecoder logoutTokens,
            ProviderProperties provider,
            AccessSessions sessions,
            AuditTrail trail,
            TransactionTemplate transaction) {
        this.logoutTokens = logoutTokens;
        this.provider = provider;
        this.sessions = sessions;
        this.trail = trail;
        this.transaction = transaction;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod())
                || !DecodedPath.of(request).equals(PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            end(logoutTokens.decode(Objects.requireNonNullElse(request.getParameter("logout_token"), "")));
            response.setStatus(HttpServletResponse.SC_OK);
        } catch (BadJwtException refused) {
            Problems.write(response, HttpServletResponse.SC_BAD_REQUEST, "This is no logout token for Lockstep.");
        } catch (JwtException | DataAccessException | TransactionException | LockstepException e) {
            Problems.write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Sessions cannot be ended now.");
        }
    }

    private void end(Jwt token) {
        String session = token.getClaimAsString("sid");
        transaction.executeWithoutResult(status -> {
            int ended = sessions.endOfProvider(provider.issuer(), session, token.getSubject());
            if (ended > 0) {
                Map<String, String> details = Map.of("sessions", Integer.toString(ended));
                trail.append(new AuditEvent(
                        "lockstep", "logout.provider", AuditEvent.Phase.FACT, provider.issuer(), null, details));
            }
        });
    }
}
