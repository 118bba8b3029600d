package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;

/** Resolves values like <code>${env:NAME}</code> and <code>${file:/path}</code> at the moment of use. */
public interface SecretReferences {

    /**
     * The secret that a reference points to; a text that is no reference stands for itself. The caller closes it.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when it points to nothing; the message
     *     names the reference, never a value
     */
    SecretValue resolve(String reference);
}
