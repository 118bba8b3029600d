package dev.lockstep.ledger;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RolloutRule.Tally;
import dev.lockstep.domain.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts how the operations on a version of a process went. One that was undone, broke, is stuck or ended badly has
 * failed, as soon as that is known; one that nobody approved or another took over says nothing.
 */
final class RunTallies {

    private static final List<String> BAD =
            names(Outcome.ROTATED_PREVIOUS_ALIVE, Outcome.ROLLED_BACK, Outcome.KEPT_PREVIOUS, Outcome.REVOKED);

    private static final List<String> NEUTRAL = names(Outcome.DECLINED, Outcome.APPROVAL_EXPIRED, Outcome.SUPERSEDED);

    private static final List<String> UNDO =
            names(Step.DISCARD, Step.RESTORE, Step.DEMOTE, Step.PROPAGATE_PREVIOUS, Step.VERIFY_PREVIOUS);

    /** PostgreSQL takes no empty list. */
    private static final String NO_INSTANCE = "none";

    private static final String COUNT = """
            SELECT COUNT(*) AS judged, COALESCE(SUM(r.failed), 0) AS failed
              FROM (SELECT o.status, o.outcome,
                           CASE WHEN o.outcome IN (:bad)
                                  OR o.status = 'QUARANTINED'
                                  OR o.process_instance IN (:stuck)
                                  OR EXISTS (SELECT 1 FROM attempt a
                                              WHERE a.operation = o.id AND a.step IN (:undo))
                                  OR EXISTS (SELECT 1 FROM operation_failure f
                                              WHERE f.operation = o.id AND f.failure = :broken)
                                THEN 1 ELSE 0 END AS failed
                      FROM run_version v
                      JOIN operation o ON o.id = v.operation
                     WHERE %s) r
             WHERE r.failed = 1
                OR (r.status = 'CLOSED' AND r.outcome NOT IN (:neutral))
            """;

    private static final String FRESH = COUNT.formatted("v.rollout = :rollout AND v.version_tag = :versionTag");

    private static final String FORMER =
            COUNT.formatted("v.process = :process AND v.version_tag = :versionTag AND v.chosen_at >= :since");

    private final JdbcClient jdbc;

    RunTallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs on the new version since its roll-out began. */
    Tally ofFresh(long rollout, String versionTag, Collection<String> stuck) {
        return count(jdbc.sql(FRESH).param("rollout", rollout), versionTag, stuck);
    }

    /** Runs on another version since a time. */
    Tally ofFormer(String process, String versionTag, Instant since) {
        return count(
                jdbc.sql(FORMER).param("process", process).param("since", Columns.utc(since)), versionTag, List.of());
    }

    private static Tally count(JdbcClient.StatementSpec statement, String versionTag, Collection<String> stuck) {
        return statement
                .param("versionTag", versionTag)
                .param("bad", BAD)
                .param("neutral", NEUTRAL)
                .param("undo", UNDO)
                .param("broken", FailureCode.INTERNAL_ERROR.name())
                .param("stuck", stuck.isEmpty() ? List.of(NO_INSTANCE) : stuck)
                .query(RunTallies::tally)
                .single();
    }

    private static Tally tally(ResultSet row, int number) throws SQLException {
        return new Tally(row.getInt("judged"), row.getInt("failed"));
    }

    private static List<String> names(Enum<?>... values) {
        return Stream.of(values).map(Enum::name).toList();
    }
}
