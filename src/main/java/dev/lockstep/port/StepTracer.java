package dev.lockstep.port;

import dev.lockstep.domain.Operation;
import java.util.function.Supplier;

/** Shows the steps of an operation to the platform team: one trace per operation, one span per step. */
public interface StepTracer {

    /**
     * Runs one step inside a span that belongs to the operation's trace, also when the steps of an operation run on
     * different threads, nodes or days. Passes through what the step returns or throws.
     *
     * @param step the step's name in words, for example {@code Apply to target}
     */
    <T> T step(Operation operation, String step, Supplier<T> body);
}
