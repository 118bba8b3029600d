package dev.lockstep.ledger;

import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Migrations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Migrations of running instances in the ledger's database. */
final class JdbcMigrationRecords implements MigrationRecords {

    private static final int LONGEST = 4000;

    private static final String SELECT = """
            SELECT id, process, from_tag, to_tag, mappings, status, total, moved, remaining, problems, planned_by,
                   planned_at, ended_at
              FROM process_migration
            """;

    private static final String FIND = SELECT + " WHERE id = :id";

    private static final String OF = SELECT + " WHERE process = :process ORDER BY id DESC FETCH FIRST 100 ROWS ONLY";

    private static final String ADD = """
            INSERT INTO process_migration (process, from_tag, to_tag, mappings, status, total, planned_by, planned_at)
            VALUES (:process, :from, :to, :mappings, 'PLANNED', :total, :by, :now)
            """;

    private static final String BEGIN =
            "UPDATE process_migration SET status = 'RUNNING' WHERE id = :id AND status <> 'DONE'";

    private static final String MOVED = "UPDATE process_migration SET moved = moved + 1 WHERE id = :id";

    private static final String DONE = """
            UPDATE process_migration
               SET status = 'DONE', remaining = :remaining, problems = :problems, ended_at = :now
             WHERE id = :id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcMigrationRecords(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public long add(String process, String from, String to, Map<String, String> mappings, int total, String by) {
        KeyHolder id = new GeneratedKeyHolder();
        Transactions.statement(() -> jdbc.sql(ADD)
                .param("process", process)
                .param("from", from)
                .param("to", to)
                .param("mappings", written(mappings))
                .param("total", total)
                .param("by", by)
                .param("now", Columns.utc(clock.instant()))
                .update(id, "id"));
        return Objects.requireNonNull(id.getKey()).longValue();
    }

    @Override
    public Optional<Migrations.Migration> find(long id) {
        return Transactions.statement(() ->
                jdbc.sql(FIND).param("id", id).query(JdbcMigrationRecords::map).optional());
    }

    @Override
    public List<Migrations.Migration> of(String process) {
        return Transactions.statement(() -> jdbc.sql(OF)
                .param("process", process)
                .query(JdbcMigrationRecords::map)
                .list());
    }

    @Override
    public boolean begin(long id) {
        return Transactions.statement(() -> jdbc.sql(BEGIN).param("id", id).update() == 1);
    }

    @Override
    public void moved(long id) {
        Transactions.statement(() -> jdbc.sql(MOVED).param("id", id).update());
    }

    @Override
    public void done(long id, List<String> problems) {
        String text = String.join("\n", problems);
        Transactions.statement(() -> jdbc.sql(DONE)
                .param("id", id)
                .param("remaining", problems.size())
                .param("problems", text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + '…')
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    private static String written(Map<String, String> mappings) {
        return new TreeMap<>(mappings)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + '=' + pair.getValue())
                        .collect(Collectors.joining(","));
    }

    private static Map<String, String> read(String written) {
        Map<String, String> mappings = new LinkedHashMap<>();
        for (String pair : written.isEmpty() ? new String[0] : written.split(",", -1)) {
            mappings.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return mappings;
    }

    private static Migrations.Migration map(ResultSet row, int number) throws SQLException {
        return new Migrations.Migration(
                row.getLong("id"),
                row.getString("process"),
                row.getString("from_tag"),
                row.getString("to_tag"),
                read(row.getString("mappings")),
                Migrations.Status.valueOf(row.getString("status")),
                row.getInt("total"),
                row.getInt("moved"),
                row.getInt("remaining"),
                row.getString("problems"),
                row.getString("planned_by"),
                Columns.instant(row, "planned_at"),
                Columns.instantOrNull(row, "ended_at"));
    }
}
