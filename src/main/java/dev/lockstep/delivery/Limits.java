package dev.lockstep.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds on this node how often somebody fails: at logins each role from each address, at acknowledgements each
 * identity. What succeeds is never counted.
 */
final class Limits {

    static final int MOST = 20;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MOST_KEPT = 10_000;

    private record Failures(Instant since, int number) {}

    private final Map<String, Failures> failures = new ConcurrentHashMap<>();
    private final String what;
    private final Clock clock;

    /** @param what fails, in the plural */
    Limits(String what, Clock clock) {
        this.what = what;
        this.clock = clock;
    }

    /** @throws Refused when there were too many */
    void check(String who) {
        Failures known = failures.get(who);
        if (known != null && known.number() >= MOST && !over(known)) {
            throw Refused.because(429, "too many " + what + "; try again in a minute");
        }
    }

    /** Counts one. Returns whether it is one of the first, which are worth to be told. */
    boolean failed(String who) {
        if (failures.size() >= MOST_KEPT) {
            failures.values().removeIf(this::over);
        }
        Failures counted = failures.merge(
                who,
                new Failures(clock.instant(), 1),
                (known, one) -> over(known) ? one : new Failures(known.since(), known.number() + 1));
        return counted.number() <= MOST;
    }

    private boolean over(Failures known) {
        return !clock.instant().isBefore(known.since().plus(WINDOW));
    }
}
