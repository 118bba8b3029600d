package dev.lockstep.port;

import dev.lockstep.domain.Endpoint;

/** Opens channels of one type. Each adapter is a Spring bean; adding one adds a type. */
public interface ChannelAdapter {

    /** The type it serves, as written in the configuration, for example {@code email}. */
    String type();

    /**
     * Makes a client for one channel; opens no connection yet.
     *
     * @throws dev.lockstep.domain.InvalidInput when a setting is missing or malformed, naming it
     */
    Channel open(Endpoint endpoint);
}
