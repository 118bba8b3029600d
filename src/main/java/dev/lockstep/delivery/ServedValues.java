package dev.lockstep.delivery;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStores;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that are being read, each for a second, so that a store is asked once and not by every reader. A version never
 * changes its value; whether it may be served is asked for each read, and not here. What is over is wiped.
 */
final class ServedValues {

    static final Duration LIFE = Duration.ofSeconds(1);

    private record Key(String store, SecretRef ref) {}

    /** A value that is copied and wiped by turns, so that nobody gets one that is half wiped. */
    private static final class Held {

        private final SecretValue value;
        private final long since = System.nanoTime();
        private boolean over;

        Held(SecretValue value) {
            this.value = value;
        }

        synchronized @Nullable SecretValue copy() {
            return over || old() ? null : value.expose(SecretValue::of);
        }

        boolean old() {
            return System.nanoTime() - since > LIFE.toNanos();
        }

        synchronized void wipe() {
            over = true;
            value.close();
        }
    }

    private final SecretStores stores;
    private final Map<Key, Held> held = new ConcurrentHashMap<>();

    ServedValues(SecretStores stores) {
        this.stores = stores;
    }

    /** The value of a version, which the caller closes; empty when the store does not have it. */
    Optional<SecretValue> of(String store, SecretRef ref) {
        Key key = new Key(store, ref);
        Held known = held.get(key);
        SecretValue copy = known == null ? null : known.copy();
        return copy != null ? Optional.of(copy) : loaded(key);
    }

    private Optional<SecretValue> loaded(Key key) {
        Held fresh = held.compute(key, (same, before) -> {
            if (before != null && !before.old()) {
                return before;
            }
            if (before != null) {
                before.wipe();
            }
            return stores.store(key.store()).read(key.ref()).map(Held::new).orElse(null);
        });
        return Optional.ofNullable(fresh).map(Held::copy);
    }

    /** Wipes what is over. */
    void sweep() {
        held.forEach((key, value) -> {
            if (value.old() && held.remove(key, value)) {
                value.wipe();
            }
        });
    }

    /** Wipes everything. */
    void clear() {
        held.forEach((key, value) -> {
            held.remove(key, value);
            value.wipe();
        });
    }
}
