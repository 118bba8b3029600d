package dev.lockstep.ledger;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts to read during quarantine, in the ledger's database: one row for each consumer, however often it tries. */
final class JdbcQuarantine implements Quarantine {

    private static final String TRIED_AGAIN = """
            UPDATE quarantine_reader
               SET times = times + 1, last_at = :now
             WHERE operation = :operation
               AND consumer = :consumer
            """;

    private static final String ADD = """
            INSERT INTO quarantine_reader (operation, consumer, times, last_at)
            VALUES (:operation, :consumer, 1, :now)
            """;

    private static final String UNANSWERED = """
            SELECT COUNT(*)
              FROM quarantine_reader
             WHERE operation = :operation
               AND consumer = :consumer
               AND NOT answered
            """;

    private static final String READERS = """
            SELECT consumer, times, last_at, answered
              FROM quarantine_reader
             WHERE operation = :operation
             ORDER BY consumer
            """;

    private static final String OPEN = OperationRows.SELECT + """
             WHERE o.status = 'RUNNING'
               AND o.id IN (SELECT r.operation FROM quarantine_reader r WHERE NOT r.answered)
             ORDER BY o.id
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String ANSWERED = "UPDATE quarantine_reader SET answered = TRUE WHERE operation = :operation";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcQuarantine(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public boolean readAttempted(long operation, String consumer) {
        return transactions.own(() -> {
            if (about(TRIED_AGAIN, operation, consumer)
                            .param("now", Columns.utc(clock.instant()))
                            .update()
                    == 1) {
                return about(UNANSWERED, operation, consumer)
                                .query(Integer.class)
                                .single()
                        > 0;
            }
            return added(operation, consumer);
        });
    }

    /** The same consumer may try twice at once. */
    private boolean added(long operation, String consumer) {
        try {
            return transactions.nestedUntranslated(() -> about(ADD, operation, consumer)
                            .param("now", Columns.utc(clock.instant()))
                            .update()
                    == 1);
        } catch (DuplicateKeyException other) {
            return false;
        }
    }

    private JdbcClient.StatementSpec about(String sql, long operation, String consumer) {
        return jdbc.sql(sql).param("operation", operation).param("consumer", consumer);
    }

    @Override
    public List<Reader> readers(long operation) {
        return Transactions.statement(() -> jdbc.sql(READERS)
                .param("operation", operation)
                .query((row, number) -> new Reader(
                        row.getString("consumer"),
                        row.getInt("times"),
                        Columns.instant(row, "last_at"),
                        row.getBoolean("answered")))
                .list());
    }

    @Override
    public void answered(long operation) {
        Transactions.statement(
                () -> jdbc.sql(ANSWERED).param("operation", operation).update());
    }

    @Override
    public List<Operation> unanswered(int limit) {
        return Transactions.statement(() ->
                jdbc.sql(OPEN).param("limit", limit).query(OperationRows::map).list());
    }
}
