package dev.lockstep.store.embedded;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The key-encryption keys at hand: the current one, and others that open what they wrapped before. */
record KeyRing(List<KeyEncryptionKey> keys) {

    KeyRing {
        keys = List.copyOf(keys);
    }

    KeyEncryptionKey current() {
        return keys.get(0);
    }

    boolean hasOlder() {
        return keys.size() > 1;
    }

    /** A new keyset under the current key. */
    WrappedKeyset create(KeysetName name, int generation, Instant now) {
        try {
            return wrap(
                    name, generation, KeysetHandle.generateNew(name.parameters(), RegistryConfiguration.get()), now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make the keyset " + name, e);
        }
    }

    /**
     * The same keyset under the current key, proven to open again.
     *
     * @throws KeyRefused when none of the keys opens it
     */
    WrappedKeyset rewrap(WrappedKeyset stored, Instant now) {
        KeysetHandle keyset = open(stored);
        try {
            WrappedKeyset moved = wrap(stored.name(), stored.generation(), keyset, now);
            if (!open(moved).equalsKeyset(keyset)) {
                throw new IllegalStateException("the re-wrapped keyset " + stored.name() + " is another one");
            }
            return moved;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keyset " + stored.name() + " cannot be re-wrapped", e);
        }
    }

    private WrappedKeyset wrap(KeysetName name, int generation, KeysetHandle keyset, Instant now)
            throws GeneralSecurityException {
        byte[] wrapped = current().wrap(keyset, AssociatedData.ofKeyset(name, generation));
        return new WrappedKeyset(name, generation, current().id(), wrapped, now);
    }

    /** @throws KeyRefused when none of the keys opens it, telling a wrong key from a damaged keyset */
    KeysetHandle open(WrappedKeyset stored) {
        KeyEncryptionKey wrappedBy = keys.stream()
                .filter(key -> key.id().equals(stored.kek()))
                .findFirst()
                .orElseThrow(() -> wrongKey(stored));
        try {
            return wrappedBy.open(stored.wrapped(), AssociatedData.ofKeyset(stored.name(), stored.generation()));
        } catch (GeneralSecurityException e) {
            throw damaged(stored, e);
        }
    }

    private KeyRefused wrongKey(WrappedKeyset stored) {
        String ids = keys.stream().map(KeyEncryptionKey::id).collect(Collectors.joining(", "));
        return new KeyRefused("The key-encryption key " + ids + " does not open the stored keyset " + stored.name()
                + ", which was wrapped by the key " + stored.kek()
                + "; provide that key, as the only one or as an older one.");
    }

    private static KeyRefused damaged(WrappedKeyset stored, GeneralSecurityException cause) {
        return new KeyRefused("The stored keyset " + stored.name() + ", generation " + stored.generation()
                + ", was wrapped by the key " + stored.kek() + " but has been damaged ("
                + cause.getClass().getSimpleName() + "); restore the table embedded_keyset from a backup.");
    }
}
