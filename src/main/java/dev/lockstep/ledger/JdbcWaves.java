package dev.lockstep.ledger;

import dev.lockstep.port.Waves;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Waves and whether they passed, in the ledger's database. */
final class JdbcWaves implements Waves {

    private static final String PASSED = """
            SELECT COALESCE(MAX(number), 0)
              FROM operation_wave
             WHERE operation = :operation
               AND round = :round
               AND passed_at IS NOT NULL
            """;

    private static final String KNOWN = """
            SELECT COUNT(*)
              FROM operation_wave
             WHERE operation = :operation
               AND round = :round
               AND number = :number
            """;

    private static final String RELEASE = """
            INSERT INTO operation_wave (operation, round, number, released_at)
            VALUES (:operation, :round, :number, :now)
            """;

    private static final String PASS = """
            UPDATE operation_wave
               SET passed_at = :now
             WHERE operation = :operation
               AND round = :round
               AND number = :number
               AND passed_at IS NULL
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcWaves(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public int passed(long operation, int round) {
        return Transactions.statement(() -> jdbc.sql(PASSED)
                .param("operation", operation)
                .param("round", round)
                .query(Integer.class)
                .single());
    }

    @Override
    public void released(long operation, int round, int number) {
        transactions.joined(() -> {
            boolean known = statement(KNOWN, operation, round, number)
                            .query(Integer.class)
                            .single()
                    > 0;
            return known ? 0 : at(RELEASE, operation, round, number);
        });
    }

    @Override
    public void passed(long operation, int round, int number) {
        Transactions.statement(() -> at(PASS, operation, round, number));
    }

    private int at(String sql, long operation, int round, int number) {
        return statement(sql, operation, round, number)
                .param("now", Columns.utc(clock.instant()))
                .update();
    }

    private JdbcClient.StatementSpec statement(String sql, long operation, int round, int number) {
        return jdbc.sql(sql).param("operation", operation).param("round", round).param("number", number);
    }
}
