package dev.lockstep.ledger;

import dev.lockstep.domain.Rate;
import dev.lockstep.port.TargetRates;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts in the ledger's database, one at a time for each target. */
final class JdbcTargetRates implements TargetRates {

    private static final String ADMITTED = """
            SELECT COUNT(*)
              FROM target_admission
             WHERE operation = :operation
               AND target = :target
            """;

    private static final String KNOW = """
            INSERT INTO target_rate (target)
            SELECT CAST(:target AS VARCHAR(200))
             WHERE NOT EXISTS (SELECT 1 FROM target_rate WHERE target = :target)
            """;

    private static final String LOCK = "SELECT target FROM target_rate WHERE target = :target FOR UPDATE";

    /** The one whose place is the next to become free, when all are taken. */
    private static final String FIRST_TO_GO = """
            SELECT admitted_at
              FROM target_admission
             WHERE target = :target
               AND admitted_at > :since
             ORDER BY admitted_at DESC
            OFFSET :others ROWS FETCH FIRST 1 ROWS ONLY
            """;

    private static final String ADMIT = """
            INSERT INTO target_admission (target, operation, admitted_at)
            VALUES (:target, :operation, :now)
            """;

    private static final String FORGET = """
            DELETE FROM target_admission
             WHERE target = :target
               AND admitted_at <= :since
               AND NOT EXISTS (SELECT 1
                                 FROM operation o
                                WHERE o.id = target_admission.operation
                                  AND o.active_credential IS NOT NULL)
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcTargetRates(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> admit(long operation, String target, Rate rate) {
        if (admitted(operation, target)) {
            return Optional.empty();
        }
        return transactions.own(() -> {
            lock(target);
            return admitted(operation, target) ? Optional.empty() : count(operation, target, rate);
        });
    }

    private boolean admitted(long operation, String target) {
        return Transactions.statement(() -> jdbc.sql(ADMITTED)
                        .param("operation", operation)
                        .param("target", target)
                        .query(Integer.class)
                        .single()
                > 0);
    }

    private void lock(String target) {
        if (jdbc.sql(LOCK).param("target", target).query(String.class).list().isEmpty()) {
            jdbc.sql(KNOW).param("target", target).update();
            jdbc.sql(LOCK).param("target", target).query(String.class).single();
        }
    }

    private Optional<Instant> count(long operation, String target, Rate rate) {
        Instant now = Columns.now(clock);
        Instant since = now.minus(rate.per());
        Optional<Instant> firstToGo = jdbc.sql(FIRST_TO_GO)
                .param("target", target)
                .param("since", Columns.utc(since))
                .param("others", rate.operations() - 1)
                .query((row, number) -> Columns.instant(row, "admitted_at"))
                .optional();
        if (firstToGo.isPresent()) {
            return firstToGo.map(first -> first.plus(rate.per()));
        }
        jdbc.sql(ADMIT)
                .param("target", target)
                .param("operation", operation)
                .param("now", Columns.utc(now))
                .update();
        jdbc.sql(FORGET)
                .param("target", target)
                .param("since", Columns.utc(since))
                .update();
        return Optional.empty();
    }
}
