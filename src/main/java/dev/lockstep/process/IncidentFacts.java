package dev.lockstep.process;

import static dev.lockstep.process.VariableText.cut;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Triage;
import dev.lockstep.lifecycle.DescribeIncident;
import dev.lockstep.lifecycle.LeakFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Turns the results of the steps of an incident into the variables that table, gateways, timers and forms read. */
@Component
class IncidentFacts {

    /** Where the engine leaves the result of a business rule task. */
    private static final String RESULT = "decisionResult";

    private static final Duration WITHOUT_TRIAGE = Duration.ofHours(4);
    private static final Duration TO_LOOK_BACK = Duration.ofDays(1);
    private static final String WITHOUT_GROUP = "security";

    private final Clock clock;

    IncidentFacts(Clock clock) {
        this.clock = clock;
    }

    /** The inputs of the triage table. */
    Map<String, Object> triage(LeakFacts facts) {
        return Map.of(
                "source", facts.strongest().source().label(),
                "report", facts.report().label(),
                "confidence", facts.confidence().label(),
                "exposure", facts.exposure().label(),
                "match", facts.match(),
                "environment", facts.environment(),
                "class", facts.kind(),
                "valid", facts.valid());
    }

    /** The one row of the triage table that counts. */
    Map<String, Object> row(DelegateExecution execution) {
        DmnDecisionResult result = (DmnDecisionResult) execution.getVariable(RESULT);
        if (result == null || result.getSingleResult() == null) {
            throw new IllegalStateException(
                    "the triage table gives no answer; it needs a last row that fits everything");
        }
        return result.getSingleResult().getEntryMap();
    }

    /** The outputs of the triage table. */
    Triage triage(DelegateExecution execution) {
        return new Triage(
                LeakResponse.of(text(execution, "response")),
                Severity.of(text(execution, "severity")),
                text(execution, "reason"),
                text(execution, "group"),
                Duration.parse(text(execution, "deadline")),
                LeakResponse.of(text(execution, "safeDefault")));
    }

    private static String text(DelegateExecution execution, String output) {
        Object value = execution.getVariable(output);
        if (value == null) {
            throw new IllegalStateException("a row of the triage table has no " + output);
        }
        return value.toString();
    }

    Map<String, Object> response(LeakResponse response) {
        return Map.of("response", response.label());
    }

    Map<String, Object> review(DescribeIncident.Facts facts) {
        Incident incident = facts.incident();
        Instant deadline = Optional.ofNullable(incident.deadline())
                .orElseGet(() -> clock.instant().plus(WITHOUT_TRIAGE));
        return Map.of(
                "reviewers",
                        Groups.of(Objects.requireNonNullElse(incident.group(), WITHOUT_GROUP), facts.credentials()),
                "reviewDue", Date.from(deadline),
                "closeDue", Date.from(clock.instant().plus(TO_LOOK_BACK)));
    }

    Map<String, Object> described(DescribeIncident.Facts facts) {
        Incident incident = facts.incident();
        return Map.of(
                "incidentLabel", incident.label(),
                "incidentSeverity",
                        label(Optional.ofNullable(incident.severity()).map(Severity::label)),
                "triageReason", label(Optional.ofNullable(incident.reason())),
                "defaultResponse",
                        label(Optional.ofNullable(incident.safeDefault()).map(LeakResponse::label)),
                "signals", cut(facts.signals()),
                "affected", cut(facts.affected()),
                "asOf", facts.asOf(),
                "runbook", "/incidents/" + incident.label());
    }

    private static String label(Optional<String> text) {
        return cut(text.orElse("not known"));
    }

    /** When an older operation's change may still come into force, and until when. */
    Map<String, Object> late(Optional<Instant> until) {
        return Map.of("late", until.isPresent(), "lateUntil", Date.from(until.orElseGet(clock::instant)));
    }
}
