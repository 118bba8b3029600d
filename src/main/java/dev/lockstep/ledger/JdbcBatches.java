package dev.lockstep.ledger;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Batches;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Batches in the ledger's database. */
final class JdbcBatches implements Batches {

    private static final String OPEN = """
            INSERT INTO batch (selection, requested_by, reason, requested_at)
            VALUES (:selection, :requestedBy, :reason, :now)
            """;

    private static final String ADD = "INSERT INTO batch_operation (batch, operation) VALUES (:batch, :operation)";

    private static final String FIND =
            "SELECT selection, requested_by, reason, requested_at FROM batch WHERE id = :batch";

    private static final String OPERATIONS = OperationRows.SELECT + """
             WHERE o.id IN (SELECT b.operation FROM batch_operation b WHERE b.batch = :batch)
             ORDER BY o.id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcBatches(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public long open(String selection, String requestedBy, String reason) {
        return Transactions.statement(() -> {
            KeyHolder id = new GeneratedKeyHolder();
            jdbc.sql(OPEN)
                    .param("selection", Columns.text(selection))
                    .param("requestedBy", requestedBy)
                    .param("reason", Columns.text(reason))
                    .param("now", Columns.utc(clock.instant()))
                    .update(id, "id");
            return Objects.requireNonNull(id.getKey()).longValue();
        });
    }

    @Override
    public void add(long batch, long operation) {
        Transactions.statement(() -> jdbc.sql(ADD)
                .param("batch", batch)
                .param("operation", operation)
                .update());
    }

    @Override
    public Optional<Batch> find(long id) {
        return Transactions.statement(() -> {
            List<Operation> operations = jdbc.sql(OPERATIONS)
                    .param("batch", id)
                    .query(OperationRows::map)
                    .list();
            return jdbc.sql(FIND)
                    .param("batch", id)
                    .query((row, number) -> new Batch(
                            id,
                            row.getString("selection"),
                            row.getString("requested_by"),
                            row.getString("reason"),
                            Columns.instant(row, "requested_at"),
                            operations))
                    .optional();
        });
    }
}
