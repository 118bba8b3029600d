package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The adapters of one kind by the type that they serve.
 *
 * @param noun {@code target}, {@code store}, {@code channel} or {@code signal-source}, also the first part of the names
 *     of their schemas
 * @param openers what makes a client, by type
 */
record Adapters<C>(String noun, Map<String, Function<Endpoint, C>> openers) {

    Adapters {
        openers = Collections.unmodifiableMap(new TreeMap<>(openers));
    }

    static Adapters<Target> targets(Stream<TargetAdapter> adapters) {
        Map<String, Function<Endpoint, Target>> openers = new TreeMap<>();
        adapters.forEach(adapter -> put(openers, adapter.type(), adapter::open));
        return new Adapters<>("target", openers);
    }

    static Adapters<SecretStore> stores(Stream<StoreAdapter> adapters) {
        Map<String, Function<Endpoint, SecretStore>> openers = new TreeMap<>();
        adapters.forEach(adapter -> put(openers, adapter.type(), adapter::open));
        return new Adapters<>("store", openers);
    }

    static Adapters<Channel> channels(Stream<ChannelAdapter> adapters) {
        Map<String, Function<Endpoint, Channel>> openers = new TreeMap<>();
        adapters.forEach(adapter -> put(openers, adapter.type(), adapter::open));
        return new Adapters<>("channel", openers);
    }

    static Adapters<ReportReader> sources(Stream<ReportAdapter> adapters) {
        Map<String, Function<Endpoint, ReportReader>> openers = new TreeMap<>();
        adapters.forEach(adapter -> put(openers, adapter.type(), adapter::open));
        return new Adapters<>("signal-source", openers);
    }

    private static <C> void put(Map<String, Function<Endpoint, C>> openers, String type, Function<Endpoint, C> opener) {
        if (openers.put(type, opener) != null) {
            throw new IllegalStateException("two adapters serve the type " + type);
        }
    }

    /** The types that can be configured. */
    Set<String> types() {
        return openers.keySet();
    }

    /** Makes a client; throws {@link dev.lockstep.domain.InvalidInput} when its settings are refused. */
    C open(Endpoint endpoint) {
        Function<Endpoint, C> opener = openers.get(endpoint.type());
        if (opener == null) {
            throw new IllegalStateException("no adapter serves the type " + endpoint.type());
        }
        return opener.apply(endpoint);
    }
}
