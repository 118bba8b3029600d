package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target that is left alone because it is down.
 *
 * @param target its name
 * @param since when it was found to be down
 * @param failure what the last call met
 * @param message the sentence that goes with it
 * @param probes how often it has been asked in vain whether it is back
 * @param probeAt when it is asked next
 * @param outage the process instance that asks people; null as long as nobody has been asked
 */
public record PausedTarget(
        String target,
        Instant since,
        FailureCode failure,
        String message,
        int probes,
        Instant probeAt,
        @Nullable String outage) {}
