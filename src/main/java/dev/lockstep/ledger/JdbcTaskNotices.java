package dev.lockstep.ledger;

import dev.lockstep.port.TaskNotices;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has been told about tasks, in the ledger's database. */
final class JdbcTaskNotices implements TaskNotices {

    private static final String TOLD = "SELECT task, level FROM task_notice WHERE task IN (:tasks)";

    private static final String TELL = """
            INSERT INTO task_notice (task, level, told_at)
            SELECT CAST(:task AS VARCHAR(64)), CAST(:level AS VARCHAR(20)), CAST(:now AS TIMESTAMP WITH TIME ZONE)
             WHERE NOT EXISTS (SELECT 1 FROM task_notice WHERE task = :task AND level = :level)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcTaskNotices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Map<String, Set<Level>> told(Collection<String> tasks) {
        if (tasks.isEmpty()) {
            return Map.of();
        }
        List<Map.Entry<String, Level>> rows = Transactions.statement(() -> jdbc.sql(TOLD)
                .param("tasks", tasks)
                .query((row, number) -> Map.entry(row.getString("task"), Level.valueOf(row.getString("level"))))
                .list());
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    @Override
    public boolean tell(String task, Level level) {
        return Transactions.statement(() -> jdbc.sql(TELL)
                        .param("task", task)
                        .param("level", level.name())
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }
}
