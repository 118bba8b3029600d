package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Incident;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Incidents;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ends an incident and writes what came of it into the audit trail. */
@Component
public class CloseIncident {

    private final Incidents incidents;
    private final AuditTrail audit;

    CloseIncident(Incidents incidents, AuditTrail audit) {
        this.incidents = incidents;
        this.audit = audit;
    }

    /**
     * Does nothing to one that has ended before.
     *
     * @param conclusion what the reviewer wrote; when empty, the reason of the decision stands
     */
    public void run(long id, String conclusion) {
        Incident incident = incidents.get(id);
        String reason = incident.reason() == null ? "" : incident.reason();
        if (!incidents.close(id, conclusion.isBlank() ? reason : conclusion)) {
            return;
        }
        List<Affected> affected = incidents.affected(id);
        audit.append(new AuditEvent(
                "lockstep",
                "incident.close",
                AuditEvent.Phase.FACT,
                incident.label(),
                null,
                Map.of(
                        "response",
                                incident.response() == null
                                        ? "none"
                                        : incident.response().label(),
                        "credentials", Integer.toString(affected.size()),
                        "provenDead",
                                count(affected.stream()
                                        .filter(each -> each.provenDeadAt() != null)
                                        .count()),
                        "replaced",
                                count(affected.stream()
                                        .filter(each -> each.replacedAt() != null)
                                        .count()))));
    }

    private static String count(long number) {
        return Long.toString(number);
    }
}
