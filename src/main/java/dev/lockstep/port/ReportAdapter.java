package dev.lockstep.port;

import dev.lockstep.domain.Endpoint;

/** Understands the reports of one type of source. Each adapter is a Spring bean; adding one adds a type. */
public interface ReportAdapter {

    /** The type it serves, as written in the configuration, for example {@code gitguardian}. */
    String type();

    /**
     * Makes a reader for one source; opens no connection yet.
     *
     * @throws dev.lockstep.domain.InvalidInput when a setting is missing or malformed, naming it
     */
    ReportReader open(Endpoint endpoint);
}
