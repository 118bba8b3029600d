package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.port.Checks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Comparisons of credentials with their targets, in the ledger's database. */
final class JdbcChecks implements Checks {

    private static final String DUE = """
            SELECT c.name,
                   CASE WHEN k.dead_checked_at IS NULL OR k.dead_checked_at < :deadBefore THEN TRUE ELSE FALSE END AS dead
              FROM credential c
              LEFT JOIN credential_check k ON k.credential = c.name
             WHERE c.target = :target
               AND c.status = 'ACTIVE'
               AND (k.checked_at IS NULL
                    OR k.checked_at < :before
                    OR EXISTS (SELECT 1 FROM operation o WHERE o.credential = c.name AND o.closed_at > k.checked_at))
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
               AND EXISTS (SELECT 1 FROM credential_version v WHERE v.current_of = c.name)
             ORDER BY CASE WHEN k.checked_at IS NULL THEN 0 ELSE 1 END, k.checked_at, c.name
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String ADD = """
            INSERT INTO credential_check (credential, checked_at)
            SELECT CAST(:credential AS VARCHAR(200)), CAST(:now AS TIMESTAMP WITH TIME ZONE)
             WHERE NOT EXISTS (SELECT 1 FROM credential_check WHERE credential = :credential)
            """;

    private static final String NOTE = """
            UPDATE credential_check
               SET followed_by = CASE WHEN finding = :finding
                                       AND NOT EXISTS (SELECT 1
                                                         FROM operation o
                                                        WHERE o.credential = :credential
                                                          AND o.closed_at > checked_at)
                                      THEN followed_by
                                 END,
                   found_at = CASE WHEN finding = :finding THEN found_at ELSE CAST(:foundAt AS TIMESTAMP WITH TIME ZONE) END,
                   finding = :finding,
                   detail = :detail,
                   checked_at = :now,
                   dead_checked_at = CASE WHEN :dead THEN CAST(:now AS TIMESTAMP WITH TIME ZONE) ELSE dead_checked_at END
             WHERE credential = :credential
            """;

    private static final String FINE = """
            UPDATE credential_check
               SET followed_by = NULL, found_at = NULL, finding = NULL, detail = NULL, checked_at = :now,
                   dead_checked_at = CASE WHEN :dead THEN CAST(:now AS TIMESTAMP WITH TIME ZONE) ELSE dead_checked_at END
             WHERE credential = :credential
            """;

    private static final String SELECT = """
            SELECT credential, finding, detail, found_at, checked_at, followed_by
              FROM credential_check
             WHERE finding IS NOT NULL
            """;

    private static final String OF = SELECT + " AND credential = :credential";

    private static final String CHECKED = "SELECT checked_at FROM credential_check WHERE credential = :credential";

    private static final String OLDEST = " ORDER BY found_at, credential FETCH FIRST :limit ROWS ONLY";

    private static final String UNFOLLOWED = SELECT + " AND followed_by IS NULL" + OLDEST;

    private static final String FOLLOWED = """
            UPDATE credential_check
               SET followed_by = :instance
             WHERE credential = :credential
               AND finding = :finding
               AND followed_by IS NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcChecks(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public List<Due> due(String target, Instant before, Instant deadBefore, int limit) {
        return Transactions.statement(() -> jdbc.sql(DUE)
                .param("target", target)
                .param("before", Columns.utc(before))
                .param("deadBefore", Columns.utc(deadBefore))
                .param("limit", limit)
                .query((row, number) -> new Due(CredentialName.of(row.getString("name")), row.getBoolean("dead")))
                .list());
    }

    @Override
    public void fine(CredentialName credential, boolean deadToo) {
        transactions.own(() -> note(FINE, credential, deadToo).update());
    }

    @Override
    public void found(CredentialName credential, boolean deadToo, FailureCode code, String detail) {
        transactions.own(() -> note(NOTE, credential, deadToo)
                .param("finding", code.name())
                .param("detail", Columns.text(detail))
                .param("foundAt", Columns.utc(clock.instant()))
                .update());
    }

    private JdbcClient.StatementSpec note(String sql, CredentialName credential, boolean deadToo) {
        jdbc.sql(ADD)
                .param("credential", credential.value())
                .param("now", Columns.utc(clock.instant()))
                .update();
        return jdbc.sql(sql)
                .param("credential", credential.value())
                .param("now", Columns.utc(clock.instant()))
                .param("dead", deadToo);
    }

    @Override
    public Optional<Finding> finding(CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(OF)
                .param("credential", credential.value())
                .query(JdbcChecks::finding)
                .optional());
    }

    @Override
    public Optional<Instant> checkedAt(CredentialName credential) {
        return Transactions.statement(() -> jdbc.sql(CHECKED)
                .param("credential", credential.value())
                .query((row, number) -> Columns.instant(row, "checked_at"))
                .optional());
    }

    @Override
    public List<Finding> findings(int limit) {
        return list(SELECT + OLDEST, limit);
    }

    @Override
    public List<Finding> unfollowed(int limit) {
        return list(UNFOLLOWED, limit);
    }

    private List<Finding> list(String sql, int limit) {
        return Transactions.statement(() ->
                jdbc.sql(sql).param("limit", limit).query(JdbcChecks::finding).list());
    }

    @Override
    public boolean followed(Finding finding, String processInstance) {
        return Transactions.statement(() -> jdbc.sql(FOLLOWED)
                        .param("credential", finding.credential().value())
                        .param("finding", finding.code().name())
                        .param("instance", processInstance)
                        .update()
                == 1);
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        return new Finding(
                CredentialName.of(row.getString("credential")),
                FailureCode.valueOf(row.getString("finding")),
                text(row.getString("detail")),
                Columns.instant(row, "found_at"),
                Columns.instant(row, "checked_at"),
                row.getString("followed_by"));
    }

    private static String text(@Nullable String detail) {
        return detail == null ? "" : detail;
    }
}
