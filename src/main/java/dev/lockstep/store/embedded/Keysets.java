package dev.lockstep.store.embedded;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * The keysets of this database, opened by the key-encryption key.
 *
 * <p>What was opened once stays open until the process ends, so that applications can go on reading while the
 * key-encryption key is away. Writing asks for the key each time: nothing is encrypted that could not be read after a
 * restart.
 */
final class Keysets {

    private static final Logger LOG = LoggerFactory.getLogger(Keysets.class);

    private final KeysetRows rows;
    private final KeySource source;
    private final Transactions transactions;
    private final Clock clock;
    private final Map<Slot, DataKey> opened = new ConcurrentHashMap<>();

    Keysets(KeysetRows rows, KeySource source, Transactions transactions, Clock clock) {
        this.rows = rows;
        this.source = source;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Slot(KeysetName name, int generation) {}

    /**
     * Opens every stored keyset, moves those that an older key wrapped under the current one, and makes the fingerprint
     * key at the first start. All or nothing; running it again changes nothing.
     *
     * @throws KeyRefused when there is no key, or when it does not open what is stored
     */
    void start() {
        KeyRing ring = source.loadAtStart(rows.any());
        Set<KeysetName> moved = transactions.own(() -> rewrap(ring));
        current(ring, KeysetName.FINGERPRINTS);
        if (!moved.isEmpty()) {
            LOG.info(
                    "Wrapped the keysets {} under the key-encryption key {}.",
                    moved,
                    ring.current().id());
        }
        if (ring.hasOlder()) {
            LOG.info(
                    "Only the key-encryption key {} is in use; older ones can be taken away.",
                    ring.current().id());
        }
    }

    private Set<KeysetName> rewrap(KeyRing ring) {
        List<WrappedKeyset> stored = rows.lockAll();
        stored.forEach(keyset -> remember(ring, keyset));
        List<WrappedKeyset> old = stored.stream()
                .filter(keyset -> !keyset.kek().equals(ring.current().id()))
                .toList();
        old.forEach(keyset -> rows.rewrap(ring.rewrap(keyset, clock.instant())));
        Set<KeysetName> moved =
                old.stream().map(WrappedKeyset::name).collect(Collectors.toCollection(LinkedHashSet::new));
        moved.stream().filter(KeysetName::renewable).forEach(name -> renew(ring, name));
        return moved;
    }

    /** What was written so far keeps its data key; what comes next gets one that the older key never wrapped. */
    private void renew(KeyRing ring, KeysetName name) {
        int next = rows.newest(name).map(WrappedKeyset::generation).orElse(0) + 1;
        rows.insert(ring.create(name, next, clock.instant()));
    }

    /**
     * The newest generation, for writing; made when there is none.
     *
     * @throws KeyRefused when the key-encryption key is not at hand at this moment
     */
    DataKey current(KeysetName name) {
        return current(source.load(), name);
    }

    private DataKey current(KeyRing ring, KeysetName name) {
        return remember(ring, rows.newest(name).orElseGet(() -> create(ring, name)));
    }

    private WrappedKeyset create(KeyRing ring, KeysetName name) {
        WrappedKeyset first = ring.create(name, 1, clock.instant());
        try {
            transactions.own(() -> rows.insert(first));
            return first;
        } catch (DuplicateKeyException fasterNode) {
            return rows.newest(name).orElseThrow(() -> fasterNode);
        }
    }

    /**
     * One generation, for reading what was written with it.
     *
     * @throws KeyRefused when it was not opened before and the key-encryption key is not at hand, or it is gone
     */
    DataKey generation(KeysetName name, int generation) {
        DataKey known = opened.get(new Slot(name, generation));
        if (known != null) {
            return known;
        }
        WrappedKeyset stored = rows.find(name, generation)
                .orElseThrow(() -> new KeyRefused("The keyset " + name + ", generation " + generation
                        + ", is not in the database; restore the table embedded_keyset from a backup."));
        return remember(source.load(), stored);
    }

    /** Whether the key-encryption key opens the newest generation at this moment; creates nothing. */
    void check(KeysetName name) {
        KeyRing ring = source.load();
        Optional<WrappedKeyset> newest = rows.newest(name);
        newest.ifPresent(ring::open);
    }

    private DataKey remember(KeyRing ring, WrappedKeyset stored) {
        DataKey key = new DataKey(stored.generation(), ring.open(stored));
        opened.put(new Slot(stored.name(), stored.generation()), key);
        return key;
    }
}
