package dev.lockstep.port;

import java.time.Instant;
import java.util.Set;

/** Lets operations through to targets: so many at once, and none while a target is known to be down. */
public interface TargetGates {

    /**
     * Lets the caller through to a target until the caller's transaction ends. Asked before anything is begun, so that
     * waiting costs no attempt; asking again in the same transaction does nothing.
     *
     * @param urgent passes at once, also to a target that is known to be down
     * @throws dev.lockstep.domain.RetryableException with {@code TARGET_PAUSED} when the target is down or stays too
     *     busy; nothing has happened
     */
    void enter(String target, boolean urgent);

    /**
     * How many more routine operations the target would let through at this moment.
     *
     * @param underWay how many of the caller's operations are on their way to it, those included that are there already
     */
    int room(String target, int underWay);

    /** Keeps further routine operations of this node away from a target until then: they would not be let through. */
    void hold(String target, Instant until);

    /** Targets that would not let routine work through at this moment. */
    Set<String> shut();
}
