package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/** The operation that this thread runs up to its first wait state, as it was claimed: no step has to look it up. */
final class CurrentRun {

    private static final ThreadLocal<Operation> OPERATION = new ThreadLocal<>();

    private CurrentRun() {}

    /** Runs {@code body} for the operation. */
    static <T> T of(Operation operation, Supplier<T> body) {
        OPERATION.set(operation);
        try {
            return body.get();
        } finally {
            OPERATION.remove();
        }
    }

    /**
     * Empty when this thread runs another operation or none, because the instance had waited and a job goes on with it.
     */
    static Optional<Operation> operation(long id) {
        return Optional.ofNullable(OPERATION.get()).filter(running -> running.id() == id);
    }
}
