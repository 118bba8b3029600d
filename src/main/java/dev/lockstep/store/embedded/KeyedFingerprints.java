package dev.lockstep.store.embedded;

import com.google.crypto.tink.Mac;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Fingerprints;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/** Fingerprints under a key that only this database holds, wrapped by the key-encryption key. */
final class KeyedFingerprints implements Fingerprints {

    private final Keysets keysets;

    KeyedFingerprints(Keysets keysets) {
        this.keysets = keysets;
    }

    @Override
    public String of(SecretValue secret) {
        Mac mac = KeyUnavailable.unless(() -> keysets.generation(KeysetName.FINGERPRINTS, 1))
                .primitive(Mac.class);
        return HexFormat.of().formatHex(secret.expose(bytes -> compute(mac, bytes)));
    }

    private static byte[] compute(Mac mac, byte[] bytes) {
        try {
            return mac.computeMac(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform computes no HMAC-SHA-256", e);
        }
    }
}
