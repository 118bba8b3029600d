package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;

/** Recognises a secret without keeping it. */
public interface Fingerprints {

    /** HMAC-SHA-256 of the bytes under Lockstep's own key, 64 lower-case hex characters. */
    String of(SecretValue secret);
}
