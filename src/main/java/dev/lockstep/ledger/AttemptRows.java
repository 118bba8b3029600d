package dev.lockstep.ledger;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How an attempt is read. */
final class AttemptRows {

    /** Selects attempts as {@code a} of operations as {@code o}; add a condition and an order. */
    static final String SELECT = """
            SELECT a.id, a.operation, o.credential, a.round, a.step, a.number, a.fence, a.deadline,
                   a.started_at, a.finished_at, a.outcome, a.failure, a.message
              FROM attempt a
              JOIN operation o ON o.id = a.operation
            """;

    private AttemptRows() {}

    /** The attempt in a row of the table {@code attempt}, which does not say of which credential it is. */
    static Attempt attempt(ResultSet row, CredentialName credential) throws SQLException {
        return new Attempt(
                row.getLong("id"),
                row.getLong("operation"),
                credential,
                row.getInt("round"),
                Step.valueOf(row.getString("step")),
                row.getInt("number"),
                row.getInt("fence"),
                Columns.instant(row, "deadline"));
    }

    static Attempts.Entry entry(ResultSet row, int number) throws SQLException {
        return new Attempts.Entry(
                attempt(row, CredentialName.of(row.getString("credential"))),
                Columns.instant(row, "started_at"),
                Columns.instantOrNull(row, "finished_at"),
                row.getString("outcome"),
                Columns.constantOrNull(FailureCode.class, row, "failure"),
                row.getString("message"));
    }
}
