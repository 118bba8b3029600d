package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Inventory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inventory in the ledger's database. */
final class JdbcInventory implements Inventory {

    private static final String SELECT = """
            SELECT name, status, target, next_rotation_at, expires_at, last_rotated_at, last_outcome, last_failure,
                   rotate_by, schedule_rule
              FROM credential
            """;

    /** Reads the index of due times only. */
    private static final String COUNTS = "SELECT status, COUNT(*) AS many FROM credential GROUP BY status";

    private static final String FIRST_DUE = """
            SELECT next_rotation_at
              FROM credential
             WHERE status = 'ACTIVE'
               AND next_rotation_at IS NOT NULL
             ORDER BY next_rotation_at
             FETCH FIRST 1 ROW ONLY
            """;

    private static final String TOO_OLD = "SELECT COUNT(*) FROM credential WHERE status = 'ACTIVE' AND rotate_by < :at";

    private static final String ADD = """
            INSERT INTO credential (name, status, target, next_rotation_at, rotate_by, schedule_rule)
            VALUES (:name, 'ACTIVE', :target, :next, :by, :rule)
            """;

    private static final String REFRESH = """
            UPDATE credential
               SET target = :target,
                   next_rotation_at = CASE status
                       WHEN 'UNMANAGED' THEN CAST(:next AS TIMESTAMP WITH TIME ZONE) ELSE next_rotation_at END,
                   status = CASE status WHEN 'UNMANAGED' THEN 'ACTIVE' ELSE status END
             WHERE name = :name
               AND (target <> :target OR status = 'UNMANAGED')
            """;

    /** One that was claimed already gets it when it is handed back. */
    private static final String REFRESH_QUEUED = """
            UPDATE operation
               SET target = :target
             WHERE active_credential = :name
               AND status = 'QUEUED'
               AND target <> :target
            """;

    private static final String SCHEDULE = """
            UPDATE credential
               SET next_rotation_at = :next, rotate_by = :by, schedule_rule = :rule
             WHERE name = :name
            """;

    private static final String RESCHEDULE = SCHEDULE + """
               AND (schedule_rule IS NULL OR schedule_rule <> :rule)
            """;

    private static final String EXPIRE = "UPDATE credential SET expires_at = :at WHERE name = :name";

    private static final String MARK = "UPDATE credential SET status = :status WHERE name = :name";

    private static final String SHELVE =
            "UPDATE credential SET status = :status, next_rotation_at = NULL, rotate_by = NULL WHERE name = :name";

    private static final String ROTATED = "UPDATE credential SET last_rotated_at = :at WHERE name = :name";

    private final JdbcClient jdbc;
    private final Transactions transactions;

    JdbcInventory(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public void enter(CredentialName name, String target, Due due) {
        if (find(name).isPresent() || !add(name, target, due)) {
            refresh(name, target, due.at());
        }
    }

    /** Returns false when somebody else added it at the same time. */
    private boolean add(CredentialName name, String target, Due due) {
        return Transactions.statement(() -> {
            try {
                return transactions.nestedUntranslated(() -> due(ADD, due)
                                .param("name", name.value())
                                .param("target", target)
                                .update()
                        == 1);
            } catch (DuplicateKeyException lost) {
                return false;
            }
        });
    }

    private void refresh(CredentialName name, String target, @Nullable Instant next) {
        Transactions.statement(() -> retarget(jdbc.sql(REFRESH).param("next", Columns.utcOrNull(next)), name, target)
                + retarget(jdbc.sql(REFRESH_QUEUED), name, target));
    }

    private static int retarget(JdbcClient.StatementSpec statement, CredentialName name, String target) {
        return statement.param("name", name.value()).param("target", target).update();
    }

    @Override
    public Optional<InventoryEntry> find(CredentialName name) {
        return Transactions.statement(() -> jdbc.sql(SELECT + " WHERE name = :name")
                .param("name", name.value())
                .query(JdbcInventory::entry)
                .optional());
    }

    @Override
    public Map<CredentialStatus, Long> counts() {
        Map<CredentialStatus, Long> counts = new EnumMap<>(CredentialStatus.class);
        Transactions.statement(() -> jdbc.sql(COUNTS)
                        .query((row, number) ->
                                Map.entry(CredentialStatus.valueOf(row.getString("status")), row.getLong("many")))
                        .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public long tooOld(Instant at) {
        return Transactions.statement(() ->
                jdbc.sql(TOO_OLD).param("at", Columns.utc(at)).query(Long.class).single());
    }

    @Override
    public Optional<Instant> firstDue() {
        return Transactions.statement(() -> jdbc.sql(FIRST_DUE)
                .query((row, number) -> Columns.instant(row, "next_rotation_at"))
                .optional());
    }

    @Override
    public List<InventoryEntry> list() {
        return Transactions.statement(
                        () -> jdbc.sql(SELECT).query(JdbcInventory::entry).list())
                .stream()
                .sorted(Comparator.comparing(InventoryEntry::name))
                .toList();
    }

    @Override
    public void plan(CredentialName name, Due due) {
        change(name, due(SCHEDULE, due));
    }

    @Override
    public boolean replan(CredentialName name, Due due) {
        return Transactions.statement(
                () -> due(RESCHEDULE, due).param("name", name.value()).update() == 1);
    }

    private JdbcClient.StatementSpec due(String sql, Due due) {
        return jdbc.sql(sql)
                .param("next", Columns.utcOrNull(due.at()))
                .param("by", Columns.utcOrNull(due.by()))
                .param("rule", due.rule());
    }

    @Override
    public void expire(CredentialName name, @Nullable Instant at) {
        change(name, jdbc.sql(EXPIRE).param("at", Columns.utcOrNull(at)));
    }

    @Override
    public void mark(CredentialName name, CredentialStatus status) {
        change(name, jdbc.sql(MARK).param("status", status.name()));
    }

    @Override
    public void shelve(CredentialName name, CredentialStatus status) {
        change(name, jdbc.sql(SHELVE).param("status", status.name()));
    }

    @Override
    public void rotated(CredentialName name, Instant at) {
        change(name, jdbc.sql(ROTATED).param("at", Columns.utc(at)));
    }

    private static void change(CredentialName name, JdbcClient.StatementSpec statement) {
        int rows = Transactions.statement(
                () -> statement.param("name", name.value()).update());
        if (rows == 0) {
            throw unknown(name);
        }
    }

    static PermanentException unknown(CredentialName name) {
        return new PermanentException(
                FailureCode.MISCONFIGURED,
                "the inventory does not know " + name + "; add it to the configuration and reload");
    }

    private static InventoryEntry entry(ResultSet row, int number) throws SQLException {
        return new InventoryEntry(
                CredentialName.of(row.getString("name")),
                CredentialStatus.valueOf(row.getString("status")),
                row.getString("target"),
                Columns.instantOrNull(row, "next_rotation_at"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "last_rotated_at"),
                Columns.constantOrNull(Outcome.class, row, "last_outcome"),
                Columns.constantOrNull(FailureCode.class, row, "last_failure"),
                Columns.instantOrNull(row, "rotate_by"),
                row.getString("schedule_rule"));
    }
}
