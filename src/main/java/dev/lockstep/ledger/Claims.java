package dev.lockstep.ledger;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes operations out of the queue for a worker. */
final class Claims {

    private static final String IN_LINE = """
            SELECT o.id
              FROM operation o
             WHERE o.status = 'QUEUED'
               AND o.priority = :priority
               AND o.target = :target
               AND o.not_before <= :now
            """;

    private static final String FIRST = """
             ORDER BY o.status, o.priority DESC, o.target, o.not_before, o.id
             FETCH FIRST :limit ROWS ONLY
               FOR UPDATE SKIP LOCKED
            """;

    private static final String QUEUED =
            "SELECT o.id FROM operation o WHERE o.id = :operation AND o.status = 'QUEUED' FOR UPDATE";

    private static final String CLAIM = """
            UPDATE operation
               SET status = 'CLAIMED',
                   claim_token = claim_token + 1,
                   lease_until = :leaseUntil
             WHERE id IN (:ids)
            """;

    private static final String CLAIMED = OperationRows.SELECT + " WHERE o.id IN (:ids) ORDER BY o.not_before, o.id";

    private final JdbcClient jdbc;

    Claims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs in the transaction of its own. */
    List<Claim> claim(Dispatch.Line line, int limit, Instant now, Duration lease) {
        boolean routine = line.priority() < Operation.EMERGENCY;
        List<Long> ids = jdbc.sql(IN_LINE + (routine ? Holds.FREE : "") + FIRST)
                .param("emergency", Operation.EMERGENCY)
                .param("priority", line.priority())
                .param("target", line.target())
                .param("now", Columns.utc(now))
                .param("limit", limit)
                .query(Long.class)
                .list();
        List<Long> alone = routine && !ids.isEmpty() ? oneOfEachGroup(ids, now) : ids;
        return alone.isEmpty() ? List.of() : claimed(alone, now, lease);
    }

    /** Looks again at those that are kept apart from others, now that nobody else can let one of the others begin. */
    private List<Long> oneOfEachGroup(List<Long> ids, Instant now) {
        Map<Long, String> groups = new HashMap<>();
        jdbc.sql(Holds.GROUPS)
                .param("ids", ids)
                .param("emergency", Operation.EMERGENCY)
                .query(row -> {
                    groups.put(row.getLong("id"), row.getString("apart_group"));
                });
        if (groups.isEmpty()) {
            return ids;
        }
        jdbc.sql(Holds.LOCK_GROUPS)
                .param("groups", new HashSet<>(groups.values()))
                .query(String.class)
                .list();
        Set<Long> free = jdbc.sql(Holds.STILL_FREE)
                .param("ids", ids)
                .param("now", Columns.utc(now))
                .param("emergency", Operation.EMERGENCY)
                .query(Long.class)
                .set();
        Set<String> taken = new HashSet<>();
        return ids.stream()
                .filter(id -> !groups.containsKey(id) || (free.contains(id) && taken.add(groups.get(id))))
                .toList();
    }

    /** One operation, as long as it is queued. */
    Optional<Claim> claim(long operation, Instant now, Duration lease) {
        List<Long> ids =
                jdbc.sql(QUEUED).param("operation", operation).query(Long.class).list();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(claimed(ids, now, lease).get(0));
    }

    private List<Claim> claimed(List<Long> ids, Instant now, Duration lease) {
        jdbc.sql(CLAIM)
                .param("ids", ids)
                .param("leaseUntil", Columns.utc(now.plus(lease)))
                .update();
        return jdbc.sql(CLAIMED).param("ids", ids).query(Claims::claimed).list();
    }

    private static Claim claimed(ResultSet row, int number) throws SQLException {
        return new Claim(
                OperationRows.map(row, number),
                row.getInt("claim_token"),
                row.getInt("lost_runs"),
                row.getInt("claim_token") - row.getInt("parked"));
    }
}
