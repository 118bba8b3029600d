package dev.lockstep.lifecycle;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.port.Incidents;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks up how an emergency operation deals with its credential. */
@Component
public class OpenContainment {

    private final Incidents incidents;

    OpenContainment(Incidents incidents) {
        this.incidents = incidents;
    }

    /** Reads only. Of several incidents that share the operation the strictest counts. */
    public LeakResponse run(long operationId) {
        List<Incident> all = incidents.of(operationId);
        boolean rotate = all.stream().allMatch(incident -> incident.response() == LeakResponse.ROTATE_NOW);
        return !all.isEmpty() && rotate ? LeakResponse.ROTATE_NOW : LeakResponse.REVOKE_NOW;
    }
}
