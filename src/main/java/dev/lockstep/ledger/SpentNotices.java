package dev.lockstep.ledger;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notices that have been told and are not needed any more. */
final class SpentNotices {

    private static final String FORGET_DELIVERIES =
            "DELETE FROM notice_delivery WHERE status <> 'waiting' AND ended_at < :before";

    private static final String FORGET = """
            DELETE FROM notice
             WHERE told_at < :before
               AND NOT EXISTS (SELECT 1 FROM notice_delivery d WHERE d.notice = notice.id)
            """;

    private final JdbcClient jdbc;

    SpentNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What waits stays, however old it is. */
    void forget(Instant before) {
        Transactions.statement(() ->
                jdbc.sql(FORGET_DELIVERIES).param("before", Columns.utc(before)).update());
        Transactions.statement(
                () -> jdbc.sql(FORGET).param("before", Columns.utc(before)).update());
    }
}
