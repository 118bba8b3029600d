package dev.lockstep.port;

import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The ledger's record of roll-outs. Writes join the caller's transaction; at most one is open per process. */
public interface RolloutRecords {

    /** Opens a roll-out. Empty, changing nothing, when one of the process is open. */
    Optional<Rollout> open(Request request);

    /** One roll-out; empty when unknown. */
    Optional<Rollout> find(long id);

    /** Those of a process, newest first, at most 100. */
    List<Rollout> of(String process);

    /** Sets the share. Returns false, changing nothing, when the roll-out is not open. */
    boolean widen(long id, int share);

    /** Ends an open roll-out. Returns false, changing nothing, when it is not open. */
    boolean end(long id, Rollout.Status status, String by, String reason);

    /**
     * How the runs of both versions went: the new one's since the roll-out began, the former one's since {@code since}.
     *
     * @param stuck process instances of the new version that cannot go on, which the ledger does not know
     */
    Comparison compare(Rollout rollout, Instant since, Collection<String> stuck);

    /** How both versions went. */
    record Comparison(RolloutRule.Tally fresh, RolloutRule.Tally former) {}

    /** What a roll-out begins with. */
    record Request(String process, String versionTag, String formerTag, int share, RolloutRule rule, String openedBy) {}
}
