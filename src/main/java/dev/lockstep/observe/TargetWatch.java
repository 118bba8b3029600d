package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Remembers how the last call to each target ended. Nobody logs in just to know: a target that is in trouble is not
 * bothered further.
 */
final class TargetWatch {

    private static final Set<String> TROUBLE = Set.of(
            FailureCode.TARGET_UNREACHABLE.anchor(),
            FailureCode.TARGET_BUSY.anchor(),
            FailureCode.TARGET_ADMIN_REFUSED.anchor(),
            FailureCode.REFERENCE_UNUSABLE.anchor(),
            CallMetrics.DOWN);

    private final Map<String, Trouble> troubled = new ConcurrentHashMap<>();
    private final Clock clock;

    /** Why a target could not be used, and since when without a better answer. */
    record Trouble(String why, Instant since) {}

    TargetWatch(Clock clock) {
        this.clock = clock;
    }

    /** Listens to the outcomes of the calls to one target. */
    Consumer<String> of(Endpoint target) {
        return outcome -> {
            if (TROUBLE.contains(outcome)) {
                troubled.merge(
                        target.name(),
                        new Trouble(outcome, clock.instant()),
                        (known, now) -> new Trouble(now.why(), known.since()));
            } else {
                troubled.remove(target.name());
            }
        };
    }

    /** Targets whose last call found them unusable, by name. */
    SortedMap<String, Trouble> troubled() {
        return new TreeMap<>(troubled);
    }
}
