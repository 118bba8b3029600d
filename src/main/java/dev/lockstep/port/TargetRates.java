package dev.lockstep.port;

import dev.lockstep.domain.Rate;
import java.time.Instant;
import java.util.Optional;

/** Counts the operations that begin at a target, for all nodes and across restarts. */
public interface TargetRates {

    /**
     * Lets an operation through when the rate allows, in a transaction of its own. One that was let through once is let
     * through always, and counts once.
     *
     * @return when the next one may come; empty when this one is let through
     */
    Optional<Instant> admit(long operation, String target, Rate rate);
}
