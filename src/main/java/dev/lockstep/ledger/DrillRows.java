package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads drills. */
final class DrillRows {

    static final String SELECT = """
            SELECT d.id, d.credential, d.scenario, d.state, d.result, d.requested_by, d.reason, d.begun_at,
                   d.version_before, d.injected_at, d.fault_until, d.fault_ended_at, d.detected_at, d.contained_at,
                   d.recovered_at, d.ended_at, d.cancelled_by, d.operation, d.incident, d.story, d.findings,
                   d.follow_up, d.debriefed_by, d.closed_at, d.process_instance
              FROM drill d
            """;

    private DrillRows() {}

    static Drill map(ResultSet row, int number) throws SQLException {
        return new Drill(
                row.getLong("id"),
                CredentialName.of(row.getString("credential")),
                Drill.Scenario.valueOf(row.getString("scenario")),
                Drill.State.valueOf(row.getString("state")),
                Columns.constantOrNull(Drill.Result.class, row, "result"),
                row.getString("requested_by"),
                row.getString("reason"),
                Columns.instant(row, "begun_at"),
                row.getObject("version_before", Integer.class),
                Columns.instantOrNull(row, "injected_at"),
                Columns.instantOrNull(row, "fault_until"),
                Columns.instantOrNull(row, "fault_ended_at"),
                Columns.instantOrNull(row, "detected_at"),
                Columns.instantOrNull(row, "contained_at"),
                Columns.instantOrNull(row, "recovered_at"),
                Columns.instantOrNull(row, "ended_at"),
                row.getString("cancelled_by"),
                longOrNull(row, "operation"),
                longOrNull(row, "incident"),
                row.getString("story"),
                row.getString("findings"),
                row.getString("follow_up"),
                row.getString("debriefed_by"),
                Columns.instantOrNull(row, "closed_at"),
                row.getString("process_instance"));
    }

    private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }
}
