package dev.lockstep.crash;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.TargetGates;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Gates that are shut as long as the ledger says so.
 *
 * @param paused asks the ledger
 */
record LedgerGates(Supplier<List<PausedTarget>> paused) implements TargetGates {

    @Override
    public void enter(String target, boolean urgent) {
        if (!urgent && shut().contains(target)) {
            throw new RetryableException(FailureCode.TARGET_PAUSED, "target " + target + " is down");
        }
    }

    @Override
    public int room(String target, int underWay) {
        return shut().contains(target) ? 0 : Integer.MAX_VALUE - underWay;
    }

    @Override
    public void hold(String target, Instant until) {}

    @Override
    public Set<String> shut() {
        return paused.get().stream().map(PausedTarget::target).collect(Collectors.toSet());
    }
}
