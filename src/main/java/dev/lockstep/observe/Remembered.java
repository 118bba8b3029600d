package dev.lockstep.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that is asked for again only when it has grown old, by one thread at a time. */
final class Remembered<T> {

    private final Supplier<T> source;
    private final Duration goodFor;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer<T> last;

    private record Answer<T>(T value, Instant at) {}

    Remembered(Supplier<T> source, Duration goodFor, Clock clock) {
        this.source = source;
        this.goodFor = goodFor;
        this.clock = clock;
    }

    /** The answer; an old one while another thread is asking, so that a slow source holds up one caller only. */
    T value() {
        Answer<T> known = last;
        if (known != null && (fresh(known) || asking.isLocked())) {
            return known.value();
        }
        asking.lock();
        try {
            Answer<T> meanwhile = last;
            if (meanwhile != null && fresh(meanwhile)) {
                return meanwhile.value();
            }
            T value = source.get();
            last = new Answer<>(value, clock.instant());
            return value;
        } finally {
            asking.unlock();
        }
    }

    private boolean fresh(Answer<T> answer) {
        Duration age = Duration.between(answer.at(), clock.instant());
        return !age.isNegative() && age.compareTo(goodFor) < 0;
    }
}
