package dev.lockstep.audit;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
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

    private static final String[] ID = {"id"};

    private final NamedParameterJdbcOperations jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    /** @param transaction joins the caller's transaction or opens one */
    JdbcAuditTrail(NamedParameterJdbcOperations jdbc, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void append(AuditEvent event) {
        append(List.of(event));
    }

    @Override
    public void append(List<AuditEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> insert(events));
        } catch (NestedRuntimeException e) {
            AuditEvent event = events.get(0);
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

    private void insert(List<AuditEvent> events) {
        if (events.size() == 1) {
            KeyHolder key = new GeneratedKeyHolder();
            jdbc.update(INSERT_EVENT, row(events.get(0)), key, ID);
            jdbc.update(INSERT_PENDING, Map.of("event", id(key.getKeys())));
        } else {
            KeyHolder keys = new GeneratedKeyHolder();
            jdbc.batchUpdate(INSERT_EVENT, events.stream().map(this::row).toArray(SqlParameterSource[]::new), keys, ID);
            jdbc.batchUpdate(
                    INSERT_PENDING,
                    keys.getKeyList().stream()
                            .map(key -> new MapSqlParameterSource("event", id(key)))
                            .toArray(SqlParameterSource[]::new));
        }
    }

    private static long id(@Nullable Map<String, Object> key) {
        return ((Number) Objects.requireNonNull(key).values().iterator().next()).longValue();
    }

    private SqlParameterSource row(AuditEvent event) {
        return new MapSqlParameterSource()
                .addValue(
                        "recordedAt",
                        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.MICROS))
                .addValue("actor", StorableText.fit(event.actor(), 255))
                .addValue("action", StorableText.fit(event.action(), 100))
                .addValue("phase", event.phase().name())
                .addValue("subject", StorableText.fit(event.subject(), 255))
                .addValue("operation", event.operation())
                .addValue("details", StorableText.details(event.details()));
    }
}
