package dev.lockstep.ledger;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Triage;
import java.time.Clock;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is decided about an incident, and where it stands. */
final class IncidentDecisions {

    private static final String LOCK = "SELECT state FROM incident WHERE id = :id FOR UPDATE";

    private static final String ASSESS = """
            UPDATE incident
               SET severity = :severity, reason = :reason, reviewers = :reviewers, safe_default = :safeDefault,
                   deadline = :deadline, response = :response, state = :state, decided_at = :now
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private static final String DECIDE = """
            UPDATE incident
               SET response = :response, state = :state, decided_at = :now
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private static final String MOVE = "UPDATE incident SET state = :state WHERE id = :id AND state <> 'CLOSED'";

    private static final String CLOSE = """
            UPDATE incident
               SET state = 'CLOSED', open_subject = NULL, closed_at = :now, conclusion = :conclusion
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    IncidentDecisions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Holds until the caller's transaction ends; returns where the incident stands. */
    Incident.State lock(long incident) {
        return Transactions.statement(() ->
                        jdbc.sql(LOCK).param("id", incident).query(String.class).optional())
                .map(Incident.State::valueOf)
                .orElseThrow(() -> IncidentQueries.unknown(incident));
    }

    void assess(long incident, Triage triage, Instant deadline, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(ASSESS)
                .param("id", incident)
                .param("severity", triage.severity().name())
                .param("reason", Columns.text(triage.reason()))
                .param("reviewers", triage.group())
                .param("safeDefault", triage.safeDefault().name())
                .param("deadline", Columns.utc(deadline))
                .param("response", triage.response().name())
                .param("state", state.name())
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    void decide(long incident, LeakResponse response, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(DECIDE)
                .param("id", incident)
                .param("response", response.name())
                .param("state", state.name())
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    void move(long incident, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(MOVE)
                .param("id", incident)
                .param("state", state.name())
                .update());
    }

    boolean close(long incident, String conclusion) {
        return Transactions.statement(() -> jdbc.sql(CLOSE)
                        .param("id", incident)
                        .param("conclusion", Columns.text(conclusion))
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }
}
