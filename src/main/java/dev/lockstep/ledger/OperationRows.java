package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How an operation is read. */
final class OperationRows {

    /** Selects operations as {@code o}, each with the failure that was noted last; add a condition and an order. */
    static final String SELECT = """
            SELECT o.id, o.credential, o.process, o.status, o.priority, o.requested_by, o.reason, o.round, o.new_secret,
                   o.rollback_requested, o.process_instance, o.outcome, o.queued_at, o.not_before, o.closed_at,
                   o.claim_token, o.lost_runs, o.parked, f.failure, f.message
              FROM operation o
              LEFT JOIN operation_failure f
                ON f.id = (SELECT MAX(newest.id) FROM operation_failure newest WHERE newest.operation = o.id)
            """;

    private OperationRows() {}

    static Operation map(ResultSet row, int number) throws SQLException {
        return new Operation(
                row.getLong("id"),
                CredentialName.of(row.getString("credential")),
                row.getString("process"),
                OperationStatus.valueOf(row.getString("status")),
                row.getInt("priority"),
                row.getString("requested_by"),
                row.getString("reason"),
                row.getInt("round"),
                row.getBoolean("new_secret"),
                row.getBoolean("rollback_requested"),
                row.getString("process_instance"),
                Columns.constantOrNull(FailureCode.class, row, "failure"),
                row.getString("message"),
                Columns.constantOrNull(Outcome.class, row, "outcome"),
                Columns.instant(row, "queued_at"),
                Columns.instant(row, "not_before"),
                Columns.instantOrNull(row, "closed_at"));
    }
}
