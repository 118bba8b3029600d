package dev.lockstep.web;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Incidents;
import org.springframework.boot.test.context.TestComponent;

/** Takes signals as far as the ledger; there is no engine behind it. */
@TestComponent
class PaperEmergencies implements Emergencies {

    private final Incidents incidents;

    PaperEmergencies(Incidents incidents) {
        this.incidents = incidents;
    }

    @Override
    public Incident report(Signal signal) {
        Incident incident = incidents
                .open(signal)
                .or(() -> incidents.byDelivery(signal.source(), signal.deliveryId()))
                .orElseThrow();
        if (signal.credential() != null) {
            incidents.involve(incident.id(), signal.credential(), Affected.Relation.NAMED);
        }
        return incident;
    }
}
