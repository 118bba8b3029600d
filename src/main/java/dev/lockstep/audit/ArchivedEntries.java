package dev.lockstep.audit;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Removes what was archived from the database, a thousand entries at a time, each with its seal. */
final class ArchivedEntries {

    private static final int BATCH = 1000;

    private static final String NEXT = """
            SELECT event_id FROM audit_seal WHERE position <= :base ORDER BY position LIMIT :limit
            """;

    private static final String REMOVE_SEALS = "DELETE FROM audit_seal WHERE event_id IN (:events)";

    private static final String REMOVE_EVENTS = "DELETE FROM audit_event WHERE id IN (:events)";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    ArchivedEntries(JdbcClient jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @param base the end of the last archive */
    void remove(Head base) {
        while (Boolean.TRUE.equals(transaction.execute(status -> removeNext(base)))) {}
    }

    private boolean removeNext(Head base) {
        List<Long> events = jdbc.sql(NEXT)
                .param("base", base.position())
                .param("limit", BATCH)
                .query(Long.class)
                .list();
        if (!events.isEmpty()) {
            jdbc.sql(REMOVE_SEALS).param("events", events).update();
            jdbc.sql(REMOVE_EVENTS).param("events", events).update();
        }
        return events.size() == BATCH;
    }
}
