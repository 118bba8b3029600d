package dev.lockstep.observe;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import java.time.Instant;

/**
 * What meters and traces tell of an operation that has ended.
 *
 * @param operation as it was just before
 * @param targetType type of the credential's target; {@code unknown} when the configuration has it no more
 * @param strategy the policy's strategy; {@code unknown} as well
 * @param outcome how it ended
 * @param closedAt when it ended
 */
record ClosedOperation(Operation operation, String targetType, String strategy, Outcome outcome, Instant closedAt) {

    /** Why it ended short of a full rotation; what failed on the way to success does not count. */
    String failure() {
        return outcome == Outcome.ROTATED ? Failures.NONE : Failures.anchor(operation.failure());
    }
}
