package dev.lockstep.observe;

import dev.lockstep.port.Configurations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.beans.factory.ObjectProvider;

/** Shows refused files, changes that wait, and nodes that do not follow. */
final class ConfigurationGauges implements MeterBinder {

    private final ObjectProvider<Configurations> configurations;

    ConfigurationGauges(ObjectProvider<Configurations> configurations) {
        this.configurations = configurations;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(
                registry,
                "errors",
                "What is wrong with this node's files",
                state -> state.problems().size());
        gauge(
                registry,
                "pending",
                "1 while this node's files wait to be applied",
                state -> state.pending() == null ? 0 : 1);
        gauge(
                registry,
                "behind",
                "1 while this node does not work with what is in force",
                state -> ConfigurationHealth.follows(state) ? 0 : 1);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToIntFunction<Configurations.State> value) {
        Gauge.builder(
                        "lockstep.configuration." + name,
                        () -> Optional.ofNullable(configurations.getIfAvailable())
                                .map(known -> value.applyAsInt(known.state()))
                                .orElse(0))
                .description(description)
                .register(registry);
    }
}
