package dev.lockstep.port;

import dev.lockstep.domain.VersionChange;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What programs are told of versions, in one order for all nodes. Changes are written together with what they tell of,
 * and get their places after that is committed: a place that can be seen has all before it.
 */
public interface VersionChanges {

    /**
     * Gives places to changes that are committed and have none, in a transaction of its own. One node does that at a
     * time; the others wait.
     *
     * @param most how many
     * @param placed gets each of them within the transaction; when it throws, none gets its place
     * @return how many there were
     */
    int place(int most, Consumer<VersionChange> placed);

    /** Those after a place, in their order. */
    List<VersionChange> after(long place, int most);

    /** The last place that was given; 0 before the first. */
    long last();

    /** The last place that is not kept any more; 0 when all are. */
    long forgotten();

    /** Forgets what happened before {@code before}. Idempotent. */
    void forget(Instant before);
}
