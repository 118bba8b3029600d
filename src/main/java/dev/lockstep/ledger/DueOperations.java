package dev.lockstep.ledger;

import dev.lockstep.domain.Operation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operations that nobody asks for: they are due. */
final class DueOperations {

    /** Many may wait in the queue for long: those are told from the others without looking for their operations. */
    private static final String DUE = """
            SELECT c.name, c.next_rotation_at AS since
              FROM credential c
             WHERE c.status = 'ACTIVE'
               AND c.next_rotation_at <= :now
               AND (c.queued_due IS NULL OR c.queued_due <> c.next_rotation_at)
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
             ORDER BY c.next_rotation_at, c.name
             FETCH FIRST :limit ROWS ONLY
            """;

    private static final String EXPIRED = """
            SELECT c.name, c.expires_at AS since
              FROM credential c
             WHERE c.status IN ('ACTIVE', 'CONTAINED', 'UNMANAGED')
               AND c.expires_at <= :now
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
             ORDER BY c.expires_at, c.name
             FETCH FIRST :limit ROWS ONLY
            """;

    /** Looks again now that the credential is locked: a request may have been committed in between. */
    private static final String ADD_DUE = OperationRequests.INSERT + """
            SELECT c.name, c.name, c.target, CAST(:process AS VARCHAR(255)), 'QUEUED', CAST(:priority AS INTEGER),
                   'schedule', CAST(:reason AS VARCHAR(1000)), CAST(:now AS TIMESTAMP WITH TIME ZONE),
                   CAST(:now AS TIMESTAMP WITH TIME ZONE)
              FROM credential c
             WHERE c.name = :credential
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
            """;

    private static final String ADD_DUE_FENCES = """
            INSERT INTO operation_fence (operation)
            SELECT id FROM operation WHERE active_credential IN (:credentials)
            """;

    private static final String NOTE_QUEUED =
            "UPDATE credential SET queued_due = next_rotation_at WHERE name IN (:credentials)";

    private static final String ADDED_DUE =
            OperationRows.SELECT + " WHERE o.active_credential IN (:credentials) ORDER BY o.id";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Transactions transactions;
    private final Clock clock;
    private final RowLock lock;

    /** @param lock lets concurrent callers pass each other by, and requests for the same credential go on */
    DueOperations(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Transactions transactions,
            Clock clock,
            RowLock lock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.clock = clock;
        this.lock = lock;
    }

    /** Oldest due first; empty also when a request for one of them won the race, the next call finds the rest. */
    List<Operation> request(Instant now, int limit) {
        return request(new Due(DUE, "rotation", "due since "), now, limit);
    }

    /** Oldest end first, with the same reservation. */
    List<Operation> requestExpired(Instant now, int limit) {
        return request(new Due(EXPIRED, "decommission", "expired at "), now, limit);
    }

    /**
     * @param found finds the credentials
     * @param process what is queued for each
     * @param reason stands before the time since when
     */
    private record Due(String found, String process, String reason) {}

    private List<Operation> request(Due what, Instant now, int limit) {
        return Transactions.statement(() -> {
            try {
                return transactions.nestedUntranslated(() -> addDue(what, now, limit));
            } catch (DuplicateKeyException lost) {
                return List.of();
            }
        });
    }

    private List<Operation> addDue(Due what, Instant now, int limit) {
        List<SqlParameterSource> due = jdbc.sql(lock.skippingLocked(what.found()))
                .param("now", Columns.utc(now))
                .param("limit", limit)
                .query((row, number) -> due(what, row))
                .list();
        int[] added = batches.batchUpdate(ADD_DUE, due.toArray(SqlParameterSource[]::new));
        List<Object> credentials = new ArrayList<>();
        for (int i = 0; i < added.length; i++) {
            if (added[i] == 1) {
                credentials.add(Objects.requireNonNull(due.get(i).getValue("credential")));
            }
        }
        if (credentials.isEmpty()) {
            return List.of();
        }
        jdbc.sql(ADD_DUE_FENCES).param("credentials", credentials).update();
        jdbc.sql(NOTE_QUEUED).param("credentials", credentials).update();
        return jdbc.sql(ADDED_DUE)
                .param("credentials", credentials)
                .query(OperationRows::map)
                .list();
    }

    private SqlParameterSource due(Due what, ResultSet row) throws SQLException {
        return new MapSqlParameterSource()
                .addValue("credential", row.getString("name"))
                .addValue("process", what.process())
                .addValue("priority", Operation.ROUTINE)
                .addValue("reason", what.reason() + Columns.instant(row, "since"))
                .addValue("now", Columns.utc(clock.instant()));
    }
}
