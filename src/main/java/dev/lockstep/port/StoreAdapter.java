package dev.lockstep.port;

import dev.lockstep.domain.Endpoint;

/** Opens secret stores of one type. Each adapter is a Spring bean; adding one adds a type. */
public interface StoreAdapter {

    /** The type it serves, as written in the configuration, for example {@code embedded}. */
    String type();

    /**
     * Makes a client for one store; opens no connection yet.
     *
     * @throws dev.lockstep.domain.InvalidInput when a setting is missing or malformed, naming it
     */
    SecretStore open(Endpoint endpoint);
}
