package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Notes in the incident what came of the replacement of a leaked secret. */
@Component
public class RecordReplacement {

    private static final Set<Outcome> REPLACED = Set.of(Outcome.ROTATED, Outcome.ROTATED_PREVIOUS_ALIVE);

    private final Operations operations;
    private final Incidents incidents;
    private final Clock clock;

    RecordReplacement(Operations operations, Incidents incidents, Clock clock) {
        this.operations = operations;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** A rotation that was not preceded by a revocation has itself proven the leaked secret dead, if it did so. */
    public void run(long operationId) {
        Operation operation = operations.get(operationId);
        Instant now = clock.instant();
        if (operation.outcome() == Outcome.ROTATED) {
            incidents.provenDead(operationId, now);
        }
        if (operation.outcome() != null && REPLACED.contains(operation.outcome())) {
            incidents.replaced(operationId, now);
        }
    }
}
