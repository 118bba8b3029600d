package dev.lockstep.process;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Finds work for a crew: the rules of a dispatcher, without its threads. */
final class Foreman {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Crew crew;
    private final WorkSource source;
    private final Runnable overflow;
    private final BiConsumer<WorkSource.Work, Object> begin;

    /** Whether the last claim left nothing behind. */
    private volatile boolean claimedAll;

    /**
     * @param overflow is told when there may be more to claim than there are workers for
     * @param begin puts a worker to work, who is to be handed in at its {@link #ends end}
     */
    Foreman(Crew crew, WorkSource source, Runnable overflow, BiConsumer<WorkSource.Work, Object> begin) {
        this.crew = crew;
        this.source = source;
        this.overflow = overflow;
        this.begin = begin;
    }

    /** Claims what there are workers for. Returns how long to wait for news at most before the next round. */
    Duration round() {
        Crew.Roll roll = crew.roll();
        if (roll.free() == 0) {
            claimedAll = false;
            return roll.next();
        }
        List<WorkSource.Work> claimed = source.claim(roll.free(), roll);
        claimed.forEach(work -> begin.accept(work, crew.begins(work.place())));
        claimedAll = claimed.size() < roll.free();
        if (claimedAll) {
            return POLL;
        }
        overflow.run();
        return Duration.ZERO;
    }

    /** There may be something to claim. */
    void news() {
        if (crew.roll().free() == 0) {
            overflow.run();
        }
    }

    /** Returns whether another round may find something now. */
    boolean ends(Object worker) {
        crew.ends(worker);
        return !claimedAll || source.passedOver();
    }
}
