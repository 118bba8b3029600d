package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.PermanentException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Clients of the configured endpoints, made when first asked for, and anew when their definition has changed. */
final class Clients<C> {

    private final Adapters<C> adapters;
    private final Supplier<? extends Map<String, Endpoint>> configured;
    private final Map<Endpoint, C> open = new ConcurrentHashMap<>();

    /** @param configured the endpoints in force by name */
    Clients(Adapters<C> adapters, Supplier<? extends Map<String, Endpoint>> configured) {
        this.adapters = adapters;
        this.configured = configured;
    }

    /**
     * @throws PermanentException with {@code MISCONFIGURED} when there is no such endpoint or its settings are refused
     */
    C client(String name) {
        Map<String, Endpoint> endpoints = configured.get();
        Endpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw misconfigured("no " + adapters.noun() + " named " + name + " is configured; add it to config-dir");
        }
        @Nullable C client = open.get(endpoint);
        return client != null ? client : open(endpoint, endpoints);
    }

    private C open(Endpoint endpoint, Map<String, Endpoint> endpoints) {
        open.keySet().retainAll(endpoints.values());
        try {
            return open.computeIfAbsent(endpoint, adapters::open);
        } catch (InvalidInput e) {
            throw misconfigured(adapters.noun() + " " + endpoint.name() + ": setting " + e.field() + ": "
                    + e.getMessage() + "; correct it in config-dir");
        }
    }

    private static PermanentException misconfigured(String message) {
        return new PermanentException(FailureCode.MISCONFIGURED, message);
    }
}
