package dev.lockstep.lifecycle;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares the credentials of a target with it, a few at a time and one after the other. */
@Component
public class ReconcileTarget {

    /** Well below the lock of a job; what is left the next run does. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int MOST = 100;

    /** Retired secrets are tried once a day, which no account is locked for. */
    private static final Duration DEAD_EVERY = Duration.ofDays(1);

    private final Catalog catalog;
    private final Checks checks;
    private final CheckCredential check;
    private final TargetGates gates;
    private final Dispatch dispatch;
    private final Clock clock;

    ReconcileTarget(
            Catalog catalog, Checks checks, CheckCredential check, TargetGates gates, Dispatch dispatch, Clock clock) {
        this.catalog = catalog;
        this.checks = checks;
        this.check = check;
        this.gates = gates;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** Targets that have something to compare and let routine work through; none while leaks are to be contained. */
    public List<String> due() {
        if (dispatch.emergenciesWaiting() > 0) {
            return List.of();
        }
        Set<String> shut = gates.shut();
        return catalog.targets().stream()
                .map(Endpoint::name)
                .filter(target -> !shut.contains(target) && !due(target, 1).isEmpty())
                .toList();
    }

    /** Each result is committed at once, so that a run that breaks off has not been in vain. */
    public void run(String target) {
        gates.enter(target, false);
        Instant stop = clock.instant().plus(LONGEST);
        for (Checks.Due due : due(target, MOST)) {
            if (clock.instant().isAfter(stop) || dispatch.emergenciesWaiting() > 0) {
                return;
            }
            check.run(due.credential(), due.deadToo());
        }
    }

    private List<Checks.Due> due(String target, int limit) {
        Instant now = clock.instant();
        return checks.due(target, now.minus(catalog.limits(target).reconcileEvery()), now.minus(DEAD_EVERY), limit);
    }
}
