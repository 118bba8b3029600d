package dev.lockstep.delivery;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Oddity;
import dev.lockstep.port.Readings.Reading;
import dev.lockstep.port.Readings.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers who has read what.
 *
 * <p>The first time that a running copy of a program gets a version is in the ledger before it gets it, so that a crash
 * can make nobody believe that a version is not in use. Repeats are counted and written now and then; when they are
 * lost, the consumer seems to have read a little earlier than it has.
 */
final class Recorder {

    private static final int MOST_KEPT = 200_000;

    private record Copy(CredentialName credential, String consumer, String instance) {}

    /**
     * What is in the ledger of a copy, and how often that was read again since. It is there as long as the token: a
     * copy that was silent for long and logs in anew may have been forgotten there.
     *
     * @param token by which the copy has read it
     */
    private record Known(String token, Reading reading, boolean registered, AtomicInteger again) {}

    private final Readings readings;
    private final Gathered<Reading, Standing> durable;
    private final Map<Copy, Known> known = new ConcurrentHashMap<>();
    private final Map<Oddity, AtomicInteger> oddities = new ConcurrentHashMap<>();

    Recorder(Readings readings, Gathered<Reading, Standing> durable) {
        this.readings = readings;
        this.durable = durable;
    }

    /**
     * Returns when the ledger knows that the copy has the version.
     *
     * @param token the accessor of the token that it reads with
     * @param registered whether it is a consumer of the credential
     * @return how the credential stands for the consumer after the ledger got to know it; empty when that is no news
     */
    Optional<Standing> note(String token, Reading reading, boolean registered) {
        Copy copy = new Copy(reading.ref().credential(), reading.consumer(), reading.instance());
        Known before = known.get(copy);
        if (before != null
                && before.token().equals(token)
                && before.registered() == registered
                && before.reading().equals(reading)) {
            before.again().incrementAndGet();
            return Optional.empty();
        }
        Standing standing = durable.ask(reading);
        if (standing == null) {
            throw Refused.missing();
        }
        if (known.size() >= MOST_KEPT) {
            // Whoever reads again is written again.
            known.clear();
        }
        known.put(copy, new Known(token, reading, registered, new AtomicInteger()));
        return Optional.of(standing);
    }

    /** Returns when the ledger knows that the copy says that it uses the version. */
    void confirmed(Reading reading) {
        readings.confirm(reading);
        // What was known of the copy here is not true any more.
        known.remove(new Copy(reading.ref().credential(), reading.consumer(), reading.instance()));
    }

    /** Notes a read that somebody should look at. */
    void odd(SecretRef ref, String identity, Oddity.Kind kind) {
        if (oddities.size() < MOST_KEPT) {
            oddities.computeIfAbsent(new Oddity(ref, identity, kind), first -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** Writes what was read again. */
    void flush() {
        Map<Reading, Integer> again = new HashMap<>();
        known.values().forEach(each -> {
            int times = each.again().getAndSet(0);
            if (times > 0) {
                again.put(each.reading(), times);
            }
        });
        if (!again.isEmpty()) {
            readings.again(again);
        }
    }

    /** Writes what somebody should look at. */
    void flushOddities() {
        Map<Oddity, Integer> odd = new HashMap<>();
        for (Oddity each : Set.copyOf(oddities.keySet())) {
            AtomicInteger times = oddities.remove(each);
            if (times != null) {
                odd.put(each, times.get());
            }
        }
        if (!odd.isEmpty()) {
            readings.note(odd);
        }
    }
}
