package dev.lockstep.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What the sealer saw last; read by metrics without touching the database. */
final class SealingState {

    private final Clock clock;
    private volatile Sample sample;

    SealingState(Clock clock) {
        this.clock = clock;
        this.sample = new Sample(clock.instant(), 0, 0, true);
    }

    /** Notes that everything recorded before {@code sealedUntil} is sealed. */
    void sampled(Instant sealedUntil, long unsealed, long position, boolean intact) {
        sample = new Sample(sealedUntil, unsealed, position, intact);
    }

    /** Age of the oldest event that may be unsealed: it grows as well when the sealer cannot look. */
    double lagSeconds() {
        return Math.max(0, Duration.between(sample.sealedUntil, clock.instant()).toMillis()) / 1000.0;
    }

    long unsealed() {
        return sample.unsealed;
    }

    long position() {
        return sample.position;
    }

    boolean intact() {
        return sample.intact;
    }

    private record Sample(Instant sealedUntil, long unsealed, long position, boolean intact) {}
}
