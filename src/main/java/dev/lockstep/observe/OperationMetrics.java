package dev.lockstep.observe;

import dev.lockstep.domain.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Times operations by outcome and counts the failures of steps. */
final class OperationMetrics {

    private final MeterRegistry registry;

    OperationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Records an ended operation; the timer's count is the number of operations. */
    void closed(ClosedOperation closed) {
        Timer.builder("lockstep.operation")
                .description("Operations from request to end")
                .tag("process", closed.operation().process())
                .tag("target_type", closed.targetType())
                .tag("strategy", closed.strategy())
                .tag("outcome", closed.outcome().label())
                .tag("failure", closed.failure())
                .register(registry)
                .record(Duration.between(closed.operation().queuedAt(), closed.closedAt()));
    }

    /** Counts a failed attempt. */
    void failed(Step step, Throwable failure) {
        Counter.builder("lockstep.step.failures")
                .description("Failed attempts of steps")
                .tag("step", step.label())
                .tag("code", Failures.anchor(failure))
                .register(registry)
                .increment();
    }
}
