package dev.lockstep.ledger;

import dev.lockstep.domain.IncidentClaim;
import dev.lockstep.port.IncidentQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of incidents in the ledger's database. */
final class JdbcIncidentQueue implements IncidentQueue {

    private static final String CLAIMABLE = """
            SELECT id, begin_tries
              FROM incident
             WHERE state = 'OPEN'
               AND process_instance IS NULL
               AND (begin_after IS NULL OR begin_after <= :now)
             ORDER BY id
             FETCH FIRST :limit ROWS ONLY
               FOR UPDATE SKIP LOCKED
            """;

    private static final String CLAIM = """
            UPDATE incident
               SET begin_tries = begin_tries + 1, begin_after = :leaseUntil
             WHERE id IN (:ids)
            """;

    private static final String BIND = """
            UPDATE incident
               SET process_instance = :instance, begin_after = NULL
             WHERE id = :id
               AND begin_tries = :tries
               AND process_instance IS NULL
            """;

    private static final String POSTPONE = """
            UPDATE incident
               SET begin_after = :until
             WHERE id = :id
               AND begin_tries = :tries
               AND process_instance IS NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;

    JdbcIncidentQueue(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public List<IncidentClaim> claim(Instant now, int limit, Duration lease) {
        return transactions.own(() -> {
            List<IncidentClaim> claims = jdbc.sql(CLAIMABLE)
                    .param("now", Columns.utc(now))
                    .param("limit", limit)
                    .query((row, number) -> new IncidentClaim(row.getLong("id"), row.getInt("begin_tries") + 1))
                    .list();
            if (!claims.isEmpty()) {
                jdbc.sql(CLAIM)
                        .param(
                                "ids",
                                claims.stream().map(IncidentClaim::incident).toList())
                        .param("leaseUntil", Columns.utc(now.plus(lease)))
                        .update();
            }
            return claims;
        });
    }

    @Override
    public boolean bind(IncidentClaim claim, String processInstance) {
        return Transactions.statement(
                () -> held(BIND, claim).param("instance", processInstance).update() == 1);
    }

    @Override
    public boolean postpone(IncidentClaim claim, Instant until) {
        return Transactions.statement(
                () -> held(POSTPONE, claim).param("until", Columns.utc(until)).update() == 1);
    }

    private JdbcClient.StatementSpec held(String sql, IncidentClaim claim) {
        return jdbc.sql(sql).param("id", claim.incident()).param("tries", claim.tries());
    }
}
