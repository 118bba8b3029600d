package dev.lockstep.target.postgresql;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The sessions that a role has open. */
final class LiveSessions {

    private static final String TERMINATE = """
            SELECT pg_catalog.pg_terminate_backend(pid)
            FROM pg_catalog.pg_stat_activity
            WHERE usename = ?
            """;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Session session;
    private final EndpointSettings endpoint;
    private final Refusals refusals;

    LiveSessions(Session session, EndpointSettings endpoint, Refusals refusals) {
        this.session = session;
        this.endpoint = endpoint;
        this.refusals = refusals;
    }

    /** Ends them and waits until they are gone; a login that was under way when the role was disabled is met too. */
    void end(String principal) throws SQLException {
        while (terminate(principal) > 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (session.isOver() || Thread.currentThread().isInterrupted()) {
                throw new RetryableException(
                        FailureCode.TARGET_BUSY,
                        endpoint + " refuses new logins of " + Quoting.identifier(principal)
                                + ", but its live sessions have not ended yet");
            }
        }
    }

    private int terminate(String principal) throws SQLException {
        try {
            return session.query(TERMINATE, row -> row.getBoolean(1), principal).size();
        } catch (SQLException e) {
            if (Answer.of(e) == Answer.DENIED) {
                throw refusals.denied(
                        "end the live sessions of " + Quoting.identifier(principal)
                                + ", whose new logins are refused already",
                        "GRANT pg_signal_backend TO " + Quoting.identifier(endpoint.admin()) + ';');
            }
            throw e;
        }
    }
}
