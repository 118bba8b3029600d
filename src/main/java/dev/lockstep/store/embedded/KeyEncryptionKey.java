package dev.lockstep.store.embedded;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Wraps and opens keysets with AES-256-GCM. Its id may be shown and stored; the key never is. */
final class KeyEncryptionKey {

    private static final int BYTES = 32;

    static {
        try {
            AeadConfig.register();
            MacConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String id;
    private final Aead aead;

    private KeyEncryptionKey(String id, Aead aead) {
        this.id = id;
        this.aead = aead;
    }

    /**
     * @param base64 32 bytes in base64
     * @param origin where the text comes from, for the refusal
     * @throws KeyRefused when it is anything else
     */
    static KeyEncryptionKey parse(String base64, String origin) {
        byte[] key = decode(base64.strip(), origin);
        try {
            if (key.length != BYTES) {
                throw new KeyRefused("The key-encryption key in " + origin + " has " + key.length + " bytes instead of "
                        + BYTES + "; \"openssl rand -base64 32\" makes one.");
            }
            return of(key);
        } catch (GeneralSecurityException e) {
            throw new KeyRefused("This Java platform cannot use the key-encryption key in " + origin + ": "
                    + e.getClass().getSimpleName() + ".");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Drops the decoder's own message, which quotes a character of the key. */
    @SuppressWarnings("UnusedException")
    private static byte[] decode(String base64, String origin) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new KeyRefused(
                    "The key-encryption key in " + origin + " is not base64; \"openssl rand -base64 32\" makes one.");
        }
    }

    @AccessesPartialKey
    private static KeyEncryptionKey of(byte[] key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("lockstep key-encryption key\n".getBytes(StandardCharsets.US_ASCII));
        String id = HexFormat.of().formatHex(digest.digest(key), 0, 8);
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey tinkKey = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .build();
        KeysetHandle handle = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(tinkKey).withFixedId(1).makePrimary())
                .build();
        return new KeyEncryptionKey(id, handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    /** The first 16 hex characters of a hash of the key. */
    String id() {
        return id;
    }

    byte[] wrap(KeysetHandle keyset, byte[] associatedData) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                keyset, aead, associatedData, RegistryConfiguration.get());
    }

    KeysetHandle open(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, aead, associatedData, RegistryConfiguration.get());
    }
}
