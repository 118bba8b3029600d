package dev.lockstep.audit;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes events in the caller's transaction and leaves the chain to the sealer, so writers never wait for each other.
 */
final class JdbcAuditTrail implements AuditTrail {

    private static final String INSERT_EVENT = """
            INSERT INTO audit_event (recorded_at, actor, action, phase, subject, operation, details)
            VALUES (:recordedAt, :actor, :action, :phase, :subject, :operation, :details)
            """;

    private static final String INSERT_PENDING = """
            INSERT INTO audit_pending (event_id) VALUES (:event)
            """;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    /** @param transaction joins the caller's transaction or opens one */
    JdbcAuditTrail(JdbcClient jdbc, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void append(AuditEvent event) {
        try {
            transaction.executeWithoutResult(status -> insert(event));
        } catch (NestedRuntimeException e) {
            // Not kept as the cause: the text of a driver's exception may repeat what was to be written.
            throw new RetryableException(
                    FailureCode.AUDIT_UNAVAILABLE,
                    "the audit event %s of %s could not be written (%s): check the database"
                            .formatted(
                                    event.action(),
                                    event.subject(),
                                    e.getClass().getSimpleName()));
        }
    }

    private void insert(AuditEvent event) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(INSERT_EVENT)
                .param(
                        "recordedAt",
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.MICROS))
                .param("actor", StorableText.fit(event.actor(), 255))
                .param("action", StorableText.fit(event.action(), 100))
                .param("phase", event.phase().name())
                .param("subject", StorableText.fit(event.subject(), 255))
                .param("operation", event.operation())
                .param("details", StorableText.details(event.details()))
                .update(key, "id");
        jdbc.sql(INSERT_PENDING)
                .param("event", Objects.requireNonNull(key.getKey()).longValue())
                .update();
    }
}
