package dev.lockstep.ledger;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes operations out of the queue for a worker. */
final class Claims {

    private static final String ORDER = " ORDER BY o.priority DESC, o.queued_at, o.id";

    private static final String CLAIMABLE = """
            SELECT o.id
              FROM operation o
             WHERE o.status IN ('QUEUED', 'CLAIMED')
               AND o.priority >= :minimumPriority
               AND o.not_before <= :now
               AND (o.lease_until IS NULL OR o.lease_until <= :now)
            """;

    private static final String QUEUED =
            "SELECT o.id FROM operation o WHERE o.id = :operation AND o.status = 'QUEUED' FOR UPDATE";

    private static final String NOT_SHUT = """
               AND (o.priority >= :emergency
                    OR NOT EXISTS (SELECT 1 FROM credential c WHERE c.name = o.credential AND c.target IN (:shut)))
            """;

    private static final String LOCK = ORDER + " FETCH FIRST :limit ROWS ONLY FOR UPDATE SKIP LOCKED";

    private static final String CLAIM = """
            UPDATE operation
               SET lost_runs = CASE status WHEN 'CLAIMED' THEN lost_runs + 1 ELSE lost_runs END,
                   status = 'CLAIMED',
                   claim_token = claim_token + 1,
                   lease_until = :leaseUntil
             WHERE id IN (:ids)
            """;

    private static final String CLAIMED = OperationRows.SELECT + " WHERE o.id IN (:ids)" + ORDER;

    private final JdbcClient jdbc;

    Claims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs in the transaction of its own. */
    List<Claim> claim(Instant now, int limit, int minimumPriority, Duration lease, Collection<String> shut) {
        JdbcClient.StatementSpec claimable = jdbc.sql(CLAIMABLE + (shut.isEmpty() ? "" : NOT_SHUT) + LOCK)
                .param("now", Columns.utc(now))
                .param("minimumPriority", minimumPriority)
                .param("limit", limit);
        if (!shut.isEmpty()) {
            claimable.param("emergency", Operation.EMERGENCY).param("shut", shut);
        }
        List<Long> ids = claimable.query(Long.class).list();
        if (ids.isEmpty()) {
            return List.of();
        }
        return claimed(ids, now, lease);
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
