package dev.lockstep.store.embedded;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps encrypted versions in Lockstep's own database.
 *
 * <p>Staging commits in a transaction of its own; promoting and destroying join the caller's. They write different
 * rows, so that an open caller's transaction never blocks its own staging.
 */
final class EmbeddedStore implements SecretStore {

    private final String name;
    private final SecretRows secrets;
    private final CurrentRows currents;
    private final SecretCipher cipher;
    private final Transactions transactions;
    private final Clock clock;

    EmbeddedStore(String name, JdbcClient jdbc, Keysets keysets, Transactions transactions, Clock clock) {
        this.name = name;
        this.secrets = new SecretRows(jdbc, name);
        this.currents = new CurrentRows(jdbc, name);
        this.cipher = new SecretCipher(keysets, name);
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Asks for the key-encryption key even when the value is there already; see {@link Keysets}. */
    @Override
    public void stage(SecretRef ref, SecretValue value) {
        boolean held = reaching("stage " + ref, () -> {
            DataKey key = cipher.currentKey();
            return holds(ref, value).orElseGet(() -> insert(key, ref, value));
        });
        if (!held) {
            throw new PermanentException(
                    FailureCode.STORE_VERSION_MISSING,
                    "The store " + name + " cannot stage " + ref
                            + ": it holds another value under that number or has destroyed it; stage a new version.");
        }
    }

    private boolean insert(DataKey key, SecretRef ref, SecretValue value) {
        byte[] payload = cipher.encrypt(key, ref, value);
        try {
            transactions.own(() -> secrets.insert(ref, key.generation(), payload, clock.instant()));
            return true;
        } catch (DuplicateKeyException fasterCaller) {
            return holds(ref, value).orElseThrow(() -> fasterCaller);
        }
    }

    /** Whether the reference holds just this value; empty when it is free. */
    private Optional<Boolean> holds(SecretRef ref, SecretValue value) {
        return secrets.find(ref).map(row -> {
            byte[] payload = row.payload();
            if (payload == null) {
                return false;
            }
            try (SecretValue stored = cipher.decrypt(row.generation(), ref, payload)) {
                return stored.equals(value);
            }
        });
    }

    @Override
    public Optional<SecretValue> read(SecretRef ref) {
        return reaching(
                "read " + ref,
                () -> secrets.find(ref)
                        .flatMap(row -> Optional.ofNullable(row.payload())
                                .map(payload -> cipher.decrypt(row.generation(), ref, payload))));
    }

    @Override
    public void promote(SecretRef ref) {
        boolean held = reaching(
                "promote " + ref,
                () -> transactions.joined(() -> {
                    if (!secrets.lock(ref)) {
                        return false;
                    }
                    currents.point(ref, clock.instant());
                    return true;
                }));
        if (!held) {
            throw new PermanentException(
                    FailureCode.STORE_VERSION_MISSING,
                    "The store " + name + " cannot promote " + ref + ": it does not hold it; stage a new version.");
        }
    }

    @Override
    public void withdraw(CredentialName credential) {
        reaching("withdraw " + credential, () -> transactions.joined(() -> currents.clear(credential)));
    }

    @Override
    public Optional<SecretRef> current(CredentialName credential) {
        return reaching("find the current version of " + credential, () -> currents.find(credential));
    }

    /** The row stays as a tombstone, so that the number is never used again. */
    @Override
    public void destroy(SecretRef ref) {
        boolean unused = reaching(
                "destroy " + ref,
                () -> transactions.joined(() -> {
                    if (!secrets.lock(ref)) {
                        return true;
                    }
                    if (currents.find(ref.credential()).filter(ref::equals).isPresent()) {
                        return false;
                    }
                    secrets.erase(ref, clock.instant());
                    return true;
                }));
        if (!unused) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    "The store " + name + " will not destroy " + ref
                            + ": applications read it; promote another version first.");
        }
    }

    /** Down also while only the key-encryption key is away: reads go on then, but nothing can be staged. */
    @Override
    public Health health() {
        try {
            reaching("answer", () -> {
                currents.ping();
                cipher.check();
                return true;
            });
            return new Health(true, "The database answers and the key-encryption key opens the data key.");
        } catch (RetryableException | KeyRefused e) {
            return new Health(false, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Health(false, "The store failed with " + e.getClass().getSimpleName() + ".");
        }
    }

    private <T> T reaching(String what, Supplier<T> body) {
        return StoreUnavailable.unless("The store " + name + " could not " + what, body);
    }
}
