package dev.lockstep.ledger;

import dev.lockstep.domain.Claim;
import dev.lockstep.port.Dispatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes operations out of the queue for a worker. */
final class Claims {

    private static final String FIRST_IN_LINE = """
            SELECT o.id
              FROM operation o
             WHERE o.status = 'QUEUED'
               AND o.priority = :priority
               AND o.target = :target
               AND o.not_before <= :now
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
        List<Long> ids = jdbc.sql(FIRST_IN_LINE)
                .param("priority", line.priority())
                .param("target", line.target())
                .param("now", Columns.utc(now))
                .param("limit", limit)
                .query(Long.class)
                .list();
        return ids.isEmpty() ? List.of() : claimed(ids, now, lease);
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
