package dev.lockstep.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSourceUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Gives committed events their places in the chain, one sealer at a time per database. */
final class Sealer {

    private static final String LOCK = """
            SELECT id FROM audit_sealer WHERE id = 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String NEXT = """
            SELECT e.id, e.recorded_at, e.actor, e.action, e.phase, e.subject, e.operation, e.details
            FROM audit_pending p
            JOIN audit_event e ON e.id = p.event_id
            WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = p.event_id)
            ORDER BY p.event_id
            LIMIT :limit
            """;

    private static final String SEAL = """
            INSERT INTO audit_seal (position, event_id, hash) VALUES (:position, :event, :hash)
            """;

    private static final String DONE = """
            DELETE FROM audit_pending WHERE event_id = :event
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final TransactionOperations transaction;
    private final Chain chain;
    private final int batch;

    Sealer(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            TransactionOperations transaction,
            Chain chain,
            int batch) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = transaction;
        this.chain = chain;
        this.batch = batch;
    }

    /** Seals one batch. Returns whether more may wait; false also when another node is sealing. */
    boolean sealBatch() {
        return Boolean.TRUE.equals(transaction.execute(status -> locked() && sealNext() == batch));
    }

    private boolean locked() {
        return jdbc.sql(LOCK).query(Integer.class).optional().isPresent();
    }

    private int sealNext() {
        List<StoredEvent> events = jdbc.sql(NEXT)
                .param("limit", batch)
                .query((row, number) -> StoredEvent.from(row))
                .list();
        if (!events.isEmpty()) {
            SqlParameterSource[] seals = SqlParameterSourceUtils.createBatch(seals(events));
            batches.batchUpdate(SEAL, seals);
            batches.batchUpdate(DONE, seals);
        }
        return events.size();
    }

    private List<Map<String, Object>> seals(List<StoredEvent> events) {
        Head head = chain.head();
        List<Map<String, Object>> seals = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            long position = head.position() + 1;
            head = new Head(position, ChainHash.of(head.hash(), position, event));
            seals.add(Map.of("position", position, "event", event.id(), "hash", head.hash()));
        }
        return seals;
    }
}
