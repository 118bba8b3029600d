package dev.lockstep.ledger;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Signal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How incidents, their signals and their credentials are read. */
final class IncidentRows {

    static final String SELECT = """
            SELECT i.id, i.state, i.response, i.severity, i.reason, i.reviewers, i.safe_default, i.opened_at,
                   i.decided_at, i.deadline, i.closed_at, i.conclusion, i.process_instance
              FROM incident i
            """;

    private IncidentRows() {}

    static Incident incident(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getLong("id"),
                Incident.State.valueOf(row.getString("state")),
                Columns.constantOrNull(LeakResponse.class, row, "response"),
                Columns.constantOrNull(Severity.class, row, "severity"),
                row.getString("reason"),
                row.getString("reviewers"),
                Columns.constantOrNull(LeakResponse.class, row, "safe_default"),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "decided_at"),
                Columns.instantOrNull(row, "deadline"),
                Columns.instantOrNull(row, "closed_at"),
                row.getString("conclusion"),
                row.getString("process_instance"));
    }

    static Signal signal(ResultSet row, int number) throws SQLException {
        String credential = row.getString("credential");
        return new Signal(
                Signal.Source.valueOf(row.getString("source")),
                row.getString("delivery"),
                Signal.Kind.valueOf(row.getString("kind")),
                Signal.Confidence.valueOf(row.getString("confidence")),
                Signal.Exposure.valueOf(row.getString("exposure")),
                row.getString("location"),
                credential == null ? null : CredentialName.of(credential),
                row.getString("fingerprint"),
                row.getString("reported_by"),
                row.getString("note"),
                Columns.instant(row, "reported_at"));
    }

    static Affected affected(ResultSet row, int number) throws SQLException {
        return new Affected(
                CredentialName.of(row.getString("credential")),
                Affected.Relation.valueOf(row.getString("relation")),
                row.getObject("operation", Long.class),
                Columns.instantOrNull(row, "contained_at"),
                Columns.instantOrNull(row, "proven_dead_at"),
                Columns.instantOrNull(row, "replaced_at"));
    }
}
