package dev.lockstep.process;

import java.util.List;

/** Where a dispatcher finds work. */
interface WorkSource {

    /** Takes at most so many pieces of work, each to be run on a worker; none of them throws. */
    List<Runnable> claim(int most);

    /** Whether the last claim passed something over that a worker's end may have made possible. */
    default boolean passedOver() {
        return false;
    }
}
