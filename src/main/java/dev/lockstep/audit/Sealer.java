package dev.lockstep.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** The limit stands inside, so that the plan is a few index look-ups whatever the statistics say. */
    private static final String NEXT = """
            SELECT p.event_id, s.event_id AS sealed,
                e.id, e.recorded_at, e.actor, e.action, e.phase, e.subject, e.operation, e.details
            FROM (
                SELECT event_id FROM audit_pending WHERE event_id > :after ORDER BY event_id LIMIT :limit
            ) p
            LEFT JOIN audit_event e ON e.id = p.event_id
            LEFT JOIN audit_seal s ON s.event_id = p.event_id
            ORDER BY p.event_id
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
        return Boolean.TRUE.equals(transaction.execute(status -> locked() && sealNext()));
    }

    private boolean locked() {
        return jdbc.sql(LOCK).query(Integer.class).optional().isPresent();
    }

    /** Markers without an event stay for verification to find, so it looks past a batch of nothing but those. */
    private boolean sealNext() {
        long after = Long.MIN_VALUE;
        List<Marker> markers;
        List<StoredEvent> events;
        do {
            markers = markers(after);
            events = markers.stream().flatMap(Marker::unsealed).toList();
            after = markers.isEmpty() ? after : markers.get(markers.size() - 1).id();
        } while (events.isEmpty() && markers.size() == batch);
        if (!events.isEmpty()) {
            SqlParameterSource[] seals = SqlParameterSourceUtils.createBatch(seals(events));
            batches.batchUpdate(SEAL, seals);
            batches.batchUpdate(DONE, seals);
        }
        return markers.size() == batch;
    }

    private List<Marker> markers(long after) {
        return jdbc.sql(NEXT)
                .param("after", after)
                .param("limit", batch)
                .query((row, number) -> Marker.from(row))
                .list();
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

    /** One row of the work table; its event may have gone, or be sealed already when somebody put the marker back. */
    private record Marker(long id, boolean sealed, @Nullable StoredEvent event) {

        static Marker from(ResultSet row) throws SQLException {
            return new Marker(
                    row.getLong("event_id"),
                    row.getObject("sealed", Long.class) != null,
                    row.getObject("id", Long.class) == null ? null : StoredEvent.from(row));
        }

        Stream<StoredEvent> unsealed() {
            return sealed || event == null ? Stream.empty() : Stream.of(event);
        }
    }
}
