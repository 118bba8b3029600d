package dev.lockstep.port;

/** The configured targets by name. */
public interface Targets {

    /** @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when no such target is configured */
    Target target(String name);
}
