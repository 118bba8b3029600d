package dev.lockstep.dryrun;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.StepTracer;
import dev.lockstep.process.dryrun.PathRecorder;
import java.util.function.Supplier;

/** Tells the sabotage which step runs, and the path why it failed. */
record SimulatedTracer(PathRecorder path, Sabotage sabotage) implements StepTracer {

    @Override
    public <T> T step(Operation operation, String step, Supplier<T> body) {
        sabotage.step(path.current());
        try {
            return body.get();
        } catch (RuntimeException failure) {
            path.failed(String.valueOf(failure.getMessage()));
            throw failure;
        } finally {
            sabotage.step(null);
        }
    }
}
