package dev.lockstep.store.embedded;

import com.google.crypto.tink.Aead;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Encrypts the versions of one store with its data keys, each bound to store, credential and version. */
final class SecretCipher {

    private final Keysets keysets;
    private final KeysetName name;
    private final String store;

    SecretCipher(Keysets keysets, String store) {
        this.keysets = keysets;
        this.name = KeysetName.ofStore(store);
        this.store = store;
    }

    /**
     * The data key for new values.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code KEY_UNAVAILABLE} when the key-encryption key is not at
     *     hand at this moment
     */
    DataKey currentKey() {
        return KeyUnavailable.unless(() -> keysets.current(name));
    }

    byte[] encrypt(DataKey key, SecretRef ref, SecretValue value) {
        Aead aead = key.primitive(Aead.class);
        return value.expose(bytes -> {
            try {
                return aead.encrypt(bytes, AssociatedData.ofSecret(store, ref));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
            }
        });
    }

    /** @throws PermanentException with {@code STORE_VERSION_MISSING} when the row was altered or belongs elsewhere */
    SecretValue decrypt(int generation, SecretRef ref, byte[] payload) {
        Aead aead = KeyUnavailable.unless(() -> keysets.generation(name, generation))
                .primitive(Aead.class);
        byte[] bytes = open(aead, ref, payload);
        try {
            return SecretValue.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @SuppressWarnings("UnusedException")
    private byte[] open(Aead aead, SecretRef ref, byte[] payload) {
        try {
            return aead.decrypt(payload, AssociatedData.ofSecret(store, ref));
        } catch (GeneralSecurityException e) {
            throw new PermanentException(
                    FailureCode.STORE_VERSION_MISSING,
                    "The store " + store + " holds " + ref + ", but its row was altered or moved and does not open;"
                            + " restore the row in embedded_secret from a backup.");
        }
    }

    /** @throws KeyRefused when new values could not be encrypted at this moment */
    void check() {
        keysets.check(name);
    }
}
