package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Triage;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Incidents;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes into the ledger what is done about a leak, by the table, by a human, or because nobody decided in time. */
@Component
public class RecordTriage {

    private final Incidents incidents;
    private final AuditTrail audit;
    private final Clock clock;

    RecordTriage(Incidents incidents, AuditTrail audit, Clock clock) {
        this.incidents = incidents;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the table says. Returns what follows. */
    public LeakResponse assessed(long incident, Triage triage) {
        incidents.assess(incident, triage, clock.instant().plus(triage.deadline()), state(triage.response()));
        return record(
                incident,
                triage.response(),
                Map.of("by", "triage table", "severity", triage.severity().label()));
    }

    /** What a reviewer has chosen. Returns what follows. */
    public LeakResponse chosen(long incident, LeakResponse response) {
        return decide(incident, response, Map.of("by", "reviewer"));
    }

    /** Nobody has reviewed in time. Returns what follows. */
    public LeakResponse byDefault(long incident) {
        LeakResponse safe = incidents.get(incident).safeDefault();
        return decide(incident, safe == null ? LeakResponse.REVOKE_NOW : safe, Map.of("by", "deadline of the review"));
    }

    private LeakResponse decide(long incident, LeakResponse response, Map<String, String> how) {
        incidents.decide(incident, response, state(response));
        return record(incident, response, how);
    }

    private static Incident.State state(LeakResponse response) {
        return switch (response) {
            case REVIEW -> Incident.State.REVIEW;
            case REVOKE_NOW, ROTATE_NOW -> Incident.State.CONTAINING;
            case IGNORE -> Incident.State.OPEN;
        };
    }

    private LeakResponse record(long incident, LeakResponse response, Map<String, String> how) {
        audit.append(new AuditEvent(
                "lockstep",
                "incident.decide",
                AuditEvent.Phase.FACT,
                Incident.label(incident),
                null,
                withResponse(how, response)));
        return response;
    }

    private static Map<String, String> withResponse(Map<String, String> how, LeakResponse response) {
        Map<String, String> details = new HashMap<>(how);
        details.put("response", response.label());
        return details;
    }
}
