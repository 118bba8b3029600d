package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Rate;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.TargetGates;
import dev.lockstep.port.TargetRates;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets operations through to their target, as many at once and within a time as its limits allow. */
@Component
class TargetEntry {

    private final Catalog catalog;
    private final TargetGates gates;
    private final TargetRates rates;

    TargetEntry(Catalog catalog, TargetGates gates, TargetRates rates) {
        this.catalog = catalog;
        this.gates = gates;
        this.rates = rates;
    }

    /**
     * Asked before anything is begun, so that waiting costs no attempt. Emergencies pass.
     *
     * @throws RetryableException with {@code TARGET_PAUSED} when the operation has to wait
     */
    void enter(Work work) {
        String target = work.credential().target();
        boolean urgent = work.operation().priority() >= Operation.EMERGENCY;
        gates.enter(target, urgent);
        if (!urgent) {
            catalog.limits(target).rate().ifPresent(rate -> pace(work.operation(), target, rate));
        }
    }

    private void pace(Operation operation, String target, Rate rate) {
        Optional<Instant> next = rates.admit(operation.id(), target, rate);
        if (next.isPresent()) {
            gates.hold(target, next.get());
            throw new RetryableException(
                    FailureCode.TARGET_PAUSED,
                    "target " + target + " takes " + rate + " operations, and the next one at " + next.get()
                            + "; this is taken up again by itself");
        }
    }
}
