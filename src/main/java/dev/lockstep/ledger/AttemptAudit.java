package dev.lockstep.ledger;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditTrail;
import java.util.HashMap;
import java.util.Map;

/** Tells the audit trail of attempts that may change a target, and only of those. */
final class AttemptAudit {

    private static final String ACTOR = "lockstep";

    private final AuditTrail trail;

    AttemptAudit(AuditTrail trail) {
        this.trail = trail;
    }

    void intent(Attempt attempt, Map<String, String> details) {
        append(attempt, AuditEvent.Phase.INTENT, details);
    }

    void outcome(Attempt attempt, String outcome, Map<String, String> details) {
        Map<String, String> facts = new HashMap<>(details);
        facts.put("outcome", outcome);
        append(attempt, AuditEvent.Phase.OUTCOME, facts);
    }

    private void append(Attempt attempt, AuditEvent.Phase phase, Map<String, String> details) {
        if (!attempt.step().changesTarget()) {
            return;
        }
        Map<String, String> facts = new HashMap<>(details);
        facts.put("attempt", Integer.toString(attempt.number()));
        facts.put("round", Integer.toString(attempt.round()));
        trail.append(new AuditEvent(
                ACTOR,
                "target." + attempt.step().label(),
                phase,
                attempt.credential().value(),
                attempt.operation(),
                facts));
    }
}
