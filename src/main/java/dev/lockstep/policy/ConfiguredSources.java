package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SignalSources;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The sources of leak reports that the configuration in force describes. */
final class ConfiguredSources implements SignalSources {

    private final Supplier<? extends Map<String, SignalSource>> configured;
    private final Clients<ReportReader> readers;

    ConfiguredSources(Adapters<ReportReader> adapters, Supplier<? extends Map<String, SignalSource>> configured) {
        this.configured = configured;
        this.readers = new Clients<>(adapters, this::endpoints);
    }

    private Map<String, Endpoint> endpoints() {
        return configured.get().values().stream().collect(Collectors.toMap(SignalSource::name, SignalSource::endpoint));
    }

    @Override
    public Optional<SignalSource> find(String name) {
        return Optional.ofNullable(configured.get().get(name));
    }

    @Override
    public ReportReader reader(String name) {
        return readers.client(name);
    }
}
