package dev.lockstep.port;

import dev.lockstep.domain.Endpoint;

/** Opens targets of one type. Each adapter is a Spring bean; adding one adds a type. */
public interface TargetAdapter {

    /** The type it serves, as written in the configuration, for example {@code postgresql}. */
    String type();

    /**
     * Makes a client for one target; opens no connection yet.
     *
     * @throws dev.lockstep.domain.InvalidInput when a setting is missing or malformed, naming it
     */
    Target open(Endpoint endpoint);
}
