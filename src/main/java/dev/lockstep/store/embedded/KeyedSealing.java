package dev.lockstep.store.embedded;

import com.google.crypto.tink.Aead;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Sealing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Seals under a data key of its own, wrapped by the key-encryption key: the key's generation, then the ciphertext. */
final class KeyedSealing implements Sealing {

    private final Keysets keysets;

    KeyedSealing(Keysets keysets) {
        this.keysets = keysets;
    }

    @Override
    public byte[] seal(String owner, SecretValue secret) {
        DataKey key = KeyUnavailable.unless(() -> keysets.current(KeysetName.SEALED));
        byte[] payload = secret.expose(bytes -> encrypt(key, owner, bytes));
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(key.generation())
                .put(payload)
                .array();
    }

    @Override
    public SecretValue open(String owner, byte[] wrapped) {
        ByteBuffer buffer = ByteBuffer.wrap(wrapped);
        int generation = buffer.getInt();
        byte[] payload = new byte[buffer.remaining()];
        buffer.get(payload);
        Aead aead = KeyUnavailable.unless(() -> keysets.generation(KeysetName.SEALED, generation))
                .primitive(Aead.class);
        byte[] bytes = decrypt(aead, owner, payload);
        try {
            return SecretValue.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] encrypt(DataKey key, String owner, byte[] bytes) {
        try {
            return key.primitive(Aead.class).encrypt(bytes, associated(owner));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
        }
    }

    @SuppressWarnings("UnusedException")
    private static byte[] decrypt(Aead aead, String owner, byte[] payload) {
        try {
            return aead.decrypt(payload, associated(owner));
        } catch (GeneralSecurityException e) {
            throw new PermanentException(
                    FailureCode.STORE_VERSION_MISSING,
                    "What was sealed for " + owner + " was altered or moved and does not open; restore its row from a"
                            + " backup, or set it anew.");
        }
    }

    private static byte[] associated(String owner) {
        return ("lockstep sealed\n" + owner).getBytes(StandardCharsets.UTF_8);
    }
}
