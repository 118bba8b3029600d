package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Drills;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes into the audit trail what a drill does, with the operation and the incident that belong to it. */
@Component
public class DrillRecord {

    private static final String AUTOMATIC = "lockstep";

    private final AuditTrail audit;
    private final Drills drills;

    DrillRecord(AuditTrail audit, Drills drills) {
        this.audit = audit;
        this.drills = drills;
    }

    /** What Lockstep did by itself. */
    public void fact(Drill drill, String action) {
        byPerson(AUTOMATIC, drill, action);
    }

    /** What a person did. */
    public void byPerson(String actor, Drill drill, String action) {
        Drill now = drills.get(drill.id());
        Map<String, String> details = new HashMap<>();
        details.put("drill", now.label());
        details.put("scenario", now.scenario().label());
        if (now.result() != null) {
            details.put("result", now.result().name());
        }
        if (now.incident() != null) {
            details.put("incident", Incident.label(now.incident()));
        }
        audit.append(new AuditEvent(
                actor, action, AuditEvent.Phase.FACT, now.credential().value(), now.operation(), details));
    }
}
