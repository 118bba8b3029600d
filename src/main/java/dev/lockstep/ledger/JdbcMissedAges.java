package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.MissedAges;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is too old, in the ledger's database. */
final class JdbcMissedAges implements MissedAges {

    private static final String UNTOLD = """
            SELECT name, rotate_by
              FROM credential
             WHERE status = 'ACTIVE'
               AND rotate_by <= :now
               AND (missed_told IS NULL OR missed_told <> rotate_by)
             ORDER BY rotate_by, name
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String TELL = """
            UPDATE credential
               SET missed_told = rotate_by
             WHERE name = :name
               AND rotate_by = :since
               AND (missed_told IS NULL OR missed_told <> rotate_by)
            """;

    private final JdbcClient jdbc;

    JdbcMissedAges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Missed> untold(Instant now, int limit) {
        return Transactions.statement(() -> jdbc.sql(UNTOLD)
                .param("now", Columns.utc(now))
                .param("limit", limit)
                .query((row, number) ->
                        new Missed(CredentialName.of(row.getString("name")), Columns.instant(row, "rotate_by")))
                .list());
    }

    @Override
    public boolean tell(Missed missed) {
        return Transactions.statement(() -> jdbc.sql(TELL)
                        .param("name", missed.credential().value())
                        .param("since", Columns.utc(missed.since()))
                        .update()
                == 1);
    }
}
