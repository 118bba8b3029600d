package dev.lockstep.web;

import dev.lockstep.domain.PausedTarget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A target on the status page that is left alone because it is down. */
record PausedLine(
        String target,
        String code,
        String message,
        @Nullable Moment since,
        @Nullable Moment probe,
        boolean asked) {

    static PausedLine of(PausedTarget paused, Instant now) {
        return new PausedLine(
                paused.target(),
                paused.failure().anchor(),
                paused.message(),
                Moment.of(paused.since(), now),
                Moment.of(paused.probeAt(), now),
                paused.outage() != null);
    }
}
