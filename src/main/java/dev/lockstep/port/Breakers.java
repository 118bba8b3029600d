package dev.lockstep.port;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import java.time.Instant;
import java.util.List;

/** Which targets are left alone because they are down; the same for all nodes, and kept over restarts. */
public interface Breakers {

    /** All of them, in the order of their names. */
    List<PausedTarget> paused();

    /**
     * Leaves a target alone from now on, with an entry in the audit trail. Returns false, changing nothing, when it is
     * already.
     *
     * @param probeAt when it is asked for the first time whether it is back
     */
    boolean pause(String target, FailureCode failure, String message, Instant probeAt);

    /** Uses a target again, with an entry in the audit trail. Returns false when it was in use. */
    boolean resume(String target);

    /** Takes the probe that is due, so that one node makes it. Returns false when another one has. */
    boolean takeProbe(PausedTarget paused, Instant next);

    /**
     * Notes in the caller's transaction who asks people about it from now on. Returns false, changing nothing, when it
     * is not as it was any more.
     */
    boolean asked(PausedTarget paused, String outage);
}
