package dev.lockstep.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An event as the database holds it, which is what the chain covers. */
record StoredEvent(
        long id,
        Instant recordedAt,
        String actor,
        String action,
        String phase,
        String subject,
        @Nullable Long operation,
        String details) {

    /** Reads the columns of {@code audit_event}; the caller has made sure that the row has an event. */
    static StoredEvent from(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong("id"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("action"),
                row.getString("phase"),
                row.getString("subject"),
                row.getObject("operation", Long.class),
                row.getString("details"));
    }

    StoredEvent withId(long other) {
        return new StoredEvent(other, recordedAt, actor, action, phase, subject, operation, details);
    }
}
