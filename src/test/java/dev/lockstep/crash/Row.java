package dev.lockstep.crash;

import java.util.List;

/**
 * What one fault led to.
 *
 * @param point number of the call that went wrong
 * @param call which call, for example {@code Target.apply}
 * @param clock {@code running} or {@code frozen}
 * @param outcome how the operation stood right after the fault
 * @param recovery what it took to finish it, and how it ended
 * @param violations what did not hold; empty when all is well
 */
record Row(
        int point,
        String call,
        Side side,
        Mode mode,
        String strategy,
        String clock,
        String outcome,
        String recovery,
        List<String> violations) {}
