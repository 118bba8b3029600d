package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Ends the row of a session when somebody logs out. */
final class EndSession implements LogoutHandler {

    private final AccessSessions sessions;

    EndSession(AccessSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication login) {
        CurrentSessionFilter.of(request).ifPresent(session -> sessions.end(session.userId(), session.id()));
    }
}
