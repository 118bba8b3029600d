package dev.lockstep.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the chain and what still waits for its place in it. */
final class Chain {

    private static final String HEAD = """
            SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1
            """;

    /** The limit stands inside, so that the plan is a few index look-ups whatever the statistics say. */
    private static final String PAGE = """
            SELECT s.position, s.event_id, s.hash,
                e.id, e.recorded_at, e.actor, e.action, e.phase, e.subject, e.operation, e.details
            FROM (
                SELECT position, event_id, hash FROM audit_seal WHERE position > :after ORDER BY position LIMIT :limit
            ) s
            LEFT JOIN audit_event e ON e.id = s.event_id
            ORDER BY s.position
            """;

    private static final String HASHES = """
            SELECT position, hash FROM audit_seal WHERE position IN (:positions)
            """;

    /** Ids grow with recording but for a few late commits, so the oldest event is among the first. */
    private static final String BACKLOG = """
            SELECT COUNT(*) AS unsealed, (
                SELECT MIN(e.recorded_at)
                FROM (SELECT event_id FROM audit_pending ORDER BY event_id LIMIT 500) p
                JOIN audit_event e ON e.id = p.event_id
            ) AS oldest
            FROM audit_pending
            """;

    private static final String WITHOUT_SEAL = """
            SELECT MIN(e.id)
            FROM audit_event e
            LEFT JOIN audit_seal s ON s.event_id = e.id
            LEFT JOIN audit_pending p ON p.event_id = e.id
            WHERE s.event_id IS NULL AND p.event_id IS NULL
            """;

    private static final String WITHOUT_EVENT = """
            SELECT MIN(p.event_id)
            FROM audit_pending p
            LEFT JOIN audit_event e ON e.id = p.event_id
            WHERE e.id IS NULL
            """;

    private final JdbcClient jdbc;

    Chain(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last sealed entry. */
    Head head() {
        return jdbc.sql(HEAD)
                .query((row, number) -> new Head(row.getLong("position"), row.getString("hash")))
                .optional()
                .orElse(Head.EMPTY);
    }

    /** Sealed entries after a position, in the chain's order. */
    List<Link> page(long after, int limit) {
        return jdbc.sql(PAGE)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> Link.from(row))
                .list();
    }

    /** The hashes at those of the positions that exist. */
    Map<Long, String> hashes(Collection<Long> positions) {
        if (positions.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql(HASHES)
                .param("positions", positions)
                .query((row, number) -> new Head(row.getLong("position"), row.getString("hash")))
                .list()
                .stream()
                .collect(Collectors.toMap(Head::position, Head::hash));
    }

    /** How many events wait for their seal, and since when. */
    Backlog backlog() {
        return jdbc.sql(BACKLOG)
                .query((row, number) ->
                        new Backlog(row.getLong("unsealed"), instant(row.getObject("oldest", OffsetDateTime.class))))
                .single();
    }

    /** The first event that is neither sealed nor waiting. */
    Optional<Long> eventWithoutSeal() {
        return jdbc.sql(WITHOUT_SEAL).query(Long.class).optional();
    }

    /** The first event that was to be sealed but has gone. */
    Optional<Long> pendingWithoutEvent() {
        return jdbc.sql(WITHOUT_EVENT).query(Long.class).optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** One sealed entry; without an event when that was removed. */
    record Link(
            long position,
            long eventId,
            String hash,
            @Nullable StoredEvent event) {

        private static Link from(ResultSet row) throws SQLException {
            StoredEvent event = row.getObject("id", Long.class) == null ? null : StoredEvent.from(row);
            return new Link(row.getLong("position"), row.getLong("event_id"), row.getString("hash"), event);
        }

        /** Whether the entry carries the hash that it must have at that place. */
        boolean fits(Head before) {
            return event != null && hash.equals(ChainHash.of(before.hash(), before.position() + 1, event));
        }
    }

    /** Events that wait for their seal. */
    record Backlog(long unsealed, @Nullable Instant oldest) {

        /** How long the oldest one has been waiting. */
        Duration age(Instant now) {
            return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
        }
    }
}
