package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;

/** Encrypts small secrets of Lockstep itself under its own keys, for whoever keeps them in a table. */
public interface Sealing {

    /**
     * Encrypts.
     *
     * @param owner what it belongs to; it opens for that only
     * @throws dev.lockstep.domain.RetryableException with {@code KEY_UNAVAILABLE} when the key-encryption key is not at
     *     hand at this moment
     */
    byte[] seal(String owner, SecretValue secret);

    /**
     * Opens what {@link #seal} gave. The caller closes it.
     *
     * @throws dev.lockstep.domain.PermanentException when it was altered or belongs to another owner
     */
    SecretValue open(String owner, byte[] wrapped);
}
