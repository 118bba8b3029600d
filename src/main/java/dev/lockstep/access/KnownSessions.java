package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows the table of sessions to other packages. */
final class KnownSessions implements Sessions {

    private final AccessSessions sessions;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;

    KnownSessions(AccessSessions sessions, AuditTrail trail, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.trail = trail;
        this.transaction = transaction;
    }

    @Override
    public List<Session> of(String user) {
        Optional<String> present = CurrentSessionFilter.present().map(AccessSession::id);
        return sessions.list(user).stream()
                .map(row -> new Session(
                        row.id(),
                        row.address(),
                        row.agent(),
                        row.startedAt(),
                        row.seenAt(),
                        present.filter(row.id()::equals).isPresent()))
                .toList();
    }

    @Override
    public boolean end(String user, String id) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean ended = sessions.end(user, id);
            if (ended) {
                trail.append(new AuditEvent(
                        user, "logout.session", AuditEvent.Phase.FACT, user, null, Map.of("session", id)));
            }
            return ended;
        }));
    }
}
