package dev.lockstep.ledger;

import dev.lockstep.port.Dispatch.Line;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lines in which operations wait: one for each priority and target. */
final class Lines {

    private static final String SAME_PRIORITY = """
            SELECT o.target
              FROM operation o
             WHERE o.status = 'QUEUED'
               AND o.priority = line.priority
               AND o.target > line.target
            """;

    private static final String LOWER_PRIORITY = """
              FROM operation o
             WHERE o.status = 'QUEUED'
               AND o.priority >= :minimumPriority
               AND o.priority < line.priority
            """;

    /** Begins with what is the same in all rows, or H2 does not see that the index has this order already. */
    private static final String FIRST = " ORDER BY o.status, o.priority DESC, o.target FETCH FIRST 1 ROW ONLY";

    /** Jumps through the index from line to line, and so costs as much as there are lines, not operations. */
    private static final String LIST = """
            WITH RECURSIVE line (priority, target) AS (
                SELECT o.priority, o.target
                  FROM operation o
                 WHERE o.id = (SELECT o.id
                                 FROM operation o
                                WHERE o.status = 'QUEUED'
                                  AND o.priority >= :minimumPriority
                                %1$s)
                 UNION ALL
                SELECT CASE WHEN (%2$s %1$s) IS NULL THEN (SELECT o.priority %3$s %1$s) ELSE line.priority END,
                       COALESCE((%2$s %1$s), (SELECT o.target %3$s %1$s))
                  FROM line
                 WHERE line.target IS NOT NULL
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
             WHERE line.target IS NOT NULL
            """.formatted(FIRST, SAME_PRIORITY, LOWER_PRIORITY);

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
