package dev.lockstep.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is asked for again only when it has grown old, by one thread at a time. A failure is an answer too:
 * what is down is not asked by every gauge of a scrape in turn.
 */
final class Remembered<T> {

    private final Supplier<T> source;
    private final Duration goodFor;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer<T> last;

    private record Answer<T>(Supplier<T> result, Instant at) {}

    Remembered(Supplier<T> source, Duration goodFor, Clock clock) {
        this.source = source;
        this.goodFor = goodFor;
        this.clock = clock;
    }

    /** The answer; an old one while another thread is asking, so that a slow source holds up one caller only. */
    T value() {
        Answer<T> known = last;
        if (known != null && (fresh(known) || asking.isLocked())) {
            return known.result().get();
        }
        asking.lock();
        try {
            Answer<T> answer = last;
            if (answer == null || !fresh(answer)) {
                answer = new Answer<>(ask(), clock.instant());
                last = answer;
            }
            return answer.result().get();
        } finally {
            asking.unlock();
        }
    }

    private Supplier<T> ask() {
        try {
            T value = source.get();
            return () -> value;
        } catch (RuntimeException failure) {
            return () -> {
                throw failure;
            };
        }
    }

    private boolean fresh(Answer<T> answer) {
        Duration age = Duration.between(answer.at(), clock.instant());
        return !age.isNegative() && age.compareTo(goodFor) < 0;
    }
}
