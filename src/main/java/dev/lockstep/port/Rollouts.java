package dev.lockstep.port;

import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import java.util.List;

/**
 * What designers may do with a new version of a process before everybody gets it. Each change is in the audit trail.
 *
 * <p>A method throws {@link dev.lockstep.domain.InvalidInput} when process, version or roll-out is unknown, and
 * {@link dev.lockstep.domain.Conflict} when the roll-out is not open any more.
 */
public interface Rollouts {

    /** The roll-outs of a process, newest first, each with how its versions go. */
    List<Progress> of(String process);

    /**
     * Gives a deployed version to a share of the credentials; one that is open for another version ends and counts as
     * returned.
     *
     * @param share percent of the credentials, 1 to 100
     */
    Rollout open(String process, String versionTag, int share, RolloutRule rule, String by);

    /** Sets the share. */
    Rollout widen(String process, long id, int share, String by);

    /** From now on every credential gets the new version. */
    Rollout complete(String process, long id, String by);

    /** From now on every credential gets the former version again. */
    Rollout giveBack(String process, long id, String by, String reason);

    /** A roll-out with the runs of its versions. */
    record Progress(Rollout rollout, RolloutRecords.Comparison runs) {}
}
