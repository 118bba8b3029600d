package dev.lockstep.process;

import java.util.List;

/** Where a dispatcher finds work. */
interface WorkSource {

    /**
     * One piece of work.
     *
     * @param place where it is done: workers are shared out fairly between places
     * @param task runs on a worker and never throws
     */
    record Work(String place, Runnable task) {}

    /**
     * Takes at most so many pieces of work.
     *
     * @param crew who is at work where at this moment
     */
    List<Work> claim(int most, Crew.Roll crew);

    /** Whether the last claim passed something over that a worker's end may have made possible. */
    default boolean passedOver() {
        return false;
    }
}
