package dev.lockstep.port;

/** The configured secret stores by name. */
public interface SecretStores {

    /** @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when no such store is configured */
    SecretStore store(String name);
}
