package dev.lockstep.domain;

import java.util.Map;

/**
 * A target or store as the configuration describes it.
 *
 * @param name as credentials refer to it
 * @param type which adapter serves it, for example {@code postgresql}
 * @param settings the adapter's settings; values like {@code ${env:PG_ADMIN_PASSWORD}} are references and are resolved
 *     only at the moment of use
 */
public record Endpoint(String name, String type, Map<String, String> settings) {
    public Endpoint {
        settings = Map.copyOf(settings);
    }
}
