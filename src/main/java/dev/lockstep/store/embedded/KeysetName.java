package dev.lockstep.store.embedded;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacParameters;
import java.security.GeneralSecurityException;

/** Names the keys of one purpose: the data keys of a store, or the fingerprint key. */
record KeysetName(String value) {

    static final KeysetName FINGERPRINTS = new KeysetName("fingerprints");

    /** For secrets of Lockstep itself that other tables hold. */
    static final KeysetName SEALED = new KeysetName("sealed");

    private static final String STORE = "store:";

    static KeysetName ofStore(String store) {
        return new KeysetName(STORE + store);
    }

    /** Whether a new generation can take over; fingerprints must stay comparable, so theirs cannot. */
    boolean renewable() {
        return value.startsWith(STORE) || equals(SEALED);
    }

    Parameters parameters() throws GeneralSecurityException {
        return renewable() ? PredefinedAeadParameters.AES256_GCM : hmacSha256();
    }

    private static Parameters hmacSha256() throws GeneralSecurityException {
        return HmacParameters.builder()
                .setKeySizeBytes(32)
                .setTagSizeBytes(32)
                .setHashType(HmacParameters.HashType.SHA256)
                .setVariant(HmacParameters.Variant.NO_PREFIX)
                .build();
    }

    @Override
    public String toString() {
        return value;
    }
}
