package dev.lockstep.port;

import dev.lockstep.domain.Operation;
import java.time.Instant;
import java.util.List;

/** Who tried to read a credential while it was disabled on its way to decommission. */
public interface Quarantine {

    /**
     * Notes an attempt in a transaction of its own. Returns whether it is news: the first attempt of this consumer
     * during the operation, or one after which nobody has been asked yet.
     */
    boolean readAttempted(long operation, String consumer);

    /** The attempts during an operation, in the order of the consumers. */
    List<Reader> readers(long operation);

    /** Notes that a human has seen the attempts so far, in the caller's transaction. */
    void answered(long operation);

    /** Running decommissions during which somebody tried to read and nobody has been asked yet, oldest first. */
    List<Operation> unanswered(int limit);

    /**
     * @param times how often it tried
     * @param lastAt when it tried last
     * @param answered whether a human has decided about it
     */
    record Reader(String consumer, int times, Instant lastAt, boolean answered) {}
}
