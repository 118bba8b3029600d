package dev.lockstep.ledger;

import dev.lockstep.port.Dispatch.Line;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lines in which operations wait: one for each priority and target. */
final class Lines {

    /**
     * Jumps through the index from line to line, and so costs as much as there are lines, not operations. The sorting
     * begins with what is the same in all rows, or H2 does not see that the index has that order already.
     */
    private static final String LIST = """
            WITH RECURSIVE line (priority, target) AS (
                SELECT o.priority, o.target
                  FROM operation o
                 WHERE o.id = (SELECT l.id
                                 FROM operation l
                                WHERE l.status = 'QUEUED'
                                  AND l.priority >= :minimumPriority
                                ORDER BY l.status, l.priority DESC, l.target
                                FETCH FIRST 1 ROW ONLY)
                 UNION ALL
                SELECT o.priority, o.target
                  FROM line
                  JOIN operation o
                    ON o.id = COALESCE(
                        (SELECT l.id
                           FROM operation l
                          WHERE l.status = 'QUEUED'
                            AND l.priority = line.priority
                            AND l.target > line.target
                          ORDER BY l.status, l.priority DESC, l.target
                          FETCH FIRST 1 ROW ONLY),
                        (SELECT l.id
                           FROM operation l
                          WHERE l.status = 'QUEUED'
                            AND l.priority >= :minimumPriority
                            AND l.priority < line.priority
                          ORDER BY l.status, l.priority DESC, l.target
                          FETCH FIRST 1 ROW ONLY))
            )
            SELECT line.priority, line.target,
                   (SELECT o.not_before
                      FROM operation o
                     WHERE o.status = 'QUEUED'
                       AND o.priority = line.priority
                       AND o.target = line.target
                     ORDER BY o.status, o.priority DESC, o.target, o.not_before
                     FETCH FIRST 1 ROW ONLY) AS since
              FROM line
            """;

    /** Their workers are dead, unless they hold the lock. */
    private static final String LEASE_OVER = """
            SELECT o.id
              FROM operation o
             WHERE o.status = 'CLAIMED'
               AND o.lease_until <= :now
               FOR UPDATE SKIP LOCKED
            """;

    private static final String COME_BACK = """
            UPDATE operation
               SET status = 'QUEUED', lost_runs = lost_runs + 1, lease_until = NULL
             WHERE id IN (:ids)
            """;

    private final JdbcClient jdbc;

    Lines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Line> list(Instant now, int minimumPriority) {
        return jdbc
                .sql(LIST)
                .param("minimumPriority", minimumPriority)
                .query((row, number) ->
                        new Line(row.getString("target"), row.getInt("priority"), Columns.instant(row, "since")))
                .list()
                .stream()
                .filter(line -> !line.since().isAfter(now))
                .sorted(Comparator.comparing(Line::priority).reversed().thenComparing(Line::since))
                .toList();
    }

    /** Puts claimed operations whose lease is over back into their lines. Runs in the transaction of its own. */
    int comeBack(Instant now) {
        List<Long> ids = jdbc.sql(LEASE_OVER)
                .param("now", Columns.utc(now))
                .query(Long.class)
                .list();
        return ids.isEmpty() ? 0 : jdbc.sql(COME_BACK).param("ids", ids).update();
    }
}
