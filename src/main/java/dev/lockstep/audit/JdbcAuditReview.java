package dev.lockstep.audit;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditReview;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers auditors from the database. */
final class JdbcAuditReview implements AuditReview {

    private static final int MOST = 1000;

    private static final String ENTRIES = """
            SELECT e.id, e.recorded_at, e.actor, e.action, e.phase, e.subject, e.operation, e.details,
                s.position, s.hash
            FROM audit_event e
            LEFT JOIN audit_seal s ON s.event_id = e.id
            WHERE e.id < :before %s
            ORDER BY e.id DESC
            LIMIT :limit
            """;

    private static final String OF_SUBJECT = " AND e.subject = :subject";
    private static final String OF_OPERATION = " AND e.operation = :operation";

    private final JdbcClient jdbc;
    private final Archives archives;
    private final AuditVerification verification;

    JdbcAuditReview(JdbcClient jdbc, Archives archives, AuditVerification verification) {
        this.jdbc = jdbc;
        this.archives = archives;
        this.verification = verification;
    }

    @Override
    public Verdict verify() {
        return reading(verification::verify);
    }

    @Override
    public List<Entry> entries(Filter filter, @Nullable Long before, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "the limit is between 1 and " + MOST);
        }
        return reading(() -> select(filter, before, limit));
    }

    @Override
    public List<Archived> archives() {
        return reading(() -> archives.all().stream()
                .map(archive -> new Archived(
                        archive.first(),
                        archive.position(),
                        archive.recordedUntil(),
                        archive.file(),
                        archive.sha256(),
                        Instant.parse(archive.time())))
                .sorted(Comparator.comparing(Archived::last).reversed())
                .toList());
    }

    private List<Entry> select(Filter filter, @Nullable Long before, int limit) {
        WithinReach within = new WithinReach(filter.reach());
        String conditions = (filter.subject() == null ? "" : OF_SUBJECT)
                + (filter.operation() == null ? "" : OF_OPERATION)
                + within.condition();
        JdbcClient.StatementSpec query = jdbc.sql(ENTRIES.formatted(conditions))
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .params(within.parameters());
        if (filter.subject() != null) {
            query = query.param("subject", filter.subject());
        }
        if (filter.operation() != null) {
            query = query.param("operation", filter.operation());
        }
        return query.query((row, number) -> entry(row)).list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        StoredEvent event = StoredEvent.from(row);
        return new Entry(
                event.id(),
                event.recordedAt(),
                event.actor(),
                event.action(),
                event.phase(),
                event.subject(),
                event.operation(),
                StorableText.parse(event.details()),
                row.getObject("position", Long.class),
                row.getString("hash"));
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (NestedRuntimeException | UncheckedIOException e) {
            throw new RetryableException(
                    FailureCode.AUDIT_UNAVAILABLE,
                    "the audit trail could not be read (%s): check the database and the checkpoint file"
                            .formatted(e.getClass().getSimpleName()));
        }
    }
}
