package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Health;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Times the calls of one target or store by method and outcome. */
final class CallMetrics implements Around {

    private static final String OK = "ok";
    /** Outcome of a health check that says no. */
    static final String DOWN = "down";

    private final MeterRegistry registry;
    private final String timer;
    private final Endpoint endpoint;
    private final Consumer<String> outcomes;

    /**
     * @param timer the timer's name
     * @param outcomes is told the outcome of every call
     */
    CallMetrics(MeterRegistry registry, String timer, Endpoint endpoint, Consumer<String> outcomes) {
        this.registry = registry;
        this.timer = timer;
        this.endpoint = endpoint;
        this.outcomes = outcomes;
    }

    @Override
    public @Nullable Object call(Call call) throws Throwable {
        if (!call.outside()) {
            return call.proceed();
        }
        Timer.Sample sample = Timer.start(registry);
        try {
            Object result = call.proceed();
            stop(sample, call, result instanceof Health health && !health.up() ? DOWN : OK);
            return result;
        } catch (Throwable failure) {
            stop(sample, call, Failures.anchor(failure));
            throw failure;
        }
    }

    private void stop(Timer.Sample sample, Call call, String outcome) {
        sample.stop(Timer.builder(timer)
                .description("Calls of an adapter by method and outcome")
                .tag("type", endpoint.type())
                .tag("name", endpoint.name())
                .tag("method", call.name())
                .tag("outcome", outcome)
                .register(registry));
        outcomes.accept(outcome);
    }
}
