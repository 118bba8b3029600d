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

    /** The row locks let concurrent callers pass each other by. */
    private static final String LOCK_DUE = """
            SELECT c.name, c.next_rotation_at AS since
              FROM credential c
             WHERE c.status = 'ACTIVE'
               AND c.next_rotation_at <= :now
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
             ORDER BY c.next_rotation_at, c.name
             FETCH FIRST :limit ROWS ONLY
               FOR UPDATE SKIP LOCKED
            """;

    private static final String LOCK_EXPIRED = """
            SELECT c.name, c.expires_at AS since
              FROM credential c
             WHERE c.status IN ('ACTIVE', 'CONTAINED', 'UNMANAGED')
               AND c.expires_at <= :now
               AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.active_credential = c.name)
             ORDER BY c.expires_at, c.name
             FETCH FIRST :limit ROWS ONLY
               FOR UPDATE SKIP LOCKED
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

    private static final String ADDED_DUE =
            OperationRows.SELECT + " WHERE o.active_credential IN (:credentials) ORDER BY o.id";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final Transactions transactions;
    private final Clock clock;

    DueOperations(JdbcClient jdbc, NamedParameterJdbcOperations batches, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Oldest due first; empty also when a request for one of them won the race, the next call finds the rest. */
    List<Operation> request(Instant now, int limit) {
        return request(new Due(LOCK_DUE, "rotation", "due since "), now, limit);
    }

    /** Oldest end first, with the same reservation. */
    List<Operation> requestExpired(Instant now, int limit) {
        return request(new Due(LOCK_EXPIRED, "decommission", "expired at "), now, limit);
    }

    /**
     * @param lock finds and locks the credentials
     * @param process what is queued for each
     * @param reason stands before the time since when
     */
    private record Due(String lock, String process, String reason) {}

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
        List<SqlParameterSource> due = jdbc.sql(what.lock())
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
