package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Route;
import dev.lockstep.port.Channel;
import dev.lockstep.port.Channels;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The channels that the configuration in force describes. */
final class ConfiguredChannels implements Channels {

    private final Supplier<? extends Map<String, Route>> configured;
    private final Clients<Channel> clients;

    ConfiguredChannels(Adapters<Channel> adapters, Supplier<? extends Map<String, Route>> configured) {
        this.configured = configured;
        this.clients = new Clients<>(adapters, this::endpoints);
    }

    private Map<String, Endpoint> endpoints() {
        return configured.get().values().stream()
                .map(Route::endpoint)
                .collect(Collectors.toMap(Endpoint::name, endpoint -> endpoint));
    }

    @Override
    public List<String> of(Notice notice) {
        return configured.get().values().stream()
                .filter(route -> route.takes(notice))
                .map(route -> route.endpoint().name())
                .toList();
    }

    @Override
    public List<String> ofConsumer(String consumer) {
        return configured.get().values().stream()
                .filter(route -> consumer.equals(route.consumer()))
                .map(route -> route.endpoint().name())
                .toList();
    }

    @Override
    public boolean anyConsumer() {
        return configured.get().values().stream().anyMatch(route -> route.consumer() != null);
    }

    @Override
    public Channel channel(String name) {
        return clients.client(name);
    }
}
