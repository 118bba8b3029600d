package dev.lockstep.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session on this node as soon as its row says so: its user was disabled or changed, it is idle or too old, or
 * somebody ended it, here or at the provider. It stands before the filters that read a password or a token, so it sees
 * logins by session only.
 */
final class CurrentSessionFilter extends OncePerRequestFilter {

    /** Where the rest of the request finds the row of its session. */
    private static final String SESSION = CurrentSessionFilter.class.getName();

    private final AccessSessions sessions;

    CurrentSessionFilter(AccessSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignedInUser.of(SecurityContextHolder.getContext().getAuthentication()).ifPresent(user -> goOnOrEnd(request));
        chain.doFilter(request, response);
    }

    private void goOnOrEnd(HttpServletRequest request) {
        String id = BeginSession.id(request);
        Optional<AccessSession> row = id == null ? Optional.empty() : sessions.use(id);
        if (row.isPresent()) {
            belongs(request, row.get());
        } else {
            end(request);
        }
    }

    /** Lets the rest of the request find the row of its session. */
    static void belongs(HttpServletRequest request, AccessSession session) {
        request.setAttribute(SESSION, session);
    }

    /** The row of the session that a request belongs to; empty for what logs in with each request. */
    static Optional<AccessSession> of(HttpServletRequest request) {
        return Optional.ofNullable((AccessSession) request.getAttribute(SESSION));
    }

    /** The row of the session that the request of this thread belongs to; empty outside of one. */
    static Optional<AccessSession> present() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : Optional.empty();
    }

    /** Makes a request and all that follow one of nobody. */
    static void end(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
