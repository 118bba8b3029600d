package dev.lockstep.store.embedded;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.security.GeneralSecurityException;

/** An opened keyset of one generation. */
record DataKey(int generation, KeysetHandle keyset) {

    <T> T primitive(Class<T> type) {
        try {
            return keyset.getPrimitive(RegistryConfiguration.get(), type);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a keyset of another kind, not for " + type.getSimpleName(), e);
        }
    }
}
