package dev.lockstep.delivery;

import dev.lockstep.port.ReadTimes;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Watches how long reads take. Late is what takes longer than 10 milliseconds and also three times as long as reads
 * take here when it is quiet: where the database is far away, that alone makes nobody late.
 */
final class ReadWaits implements ReadTimes {

    /** So long a look lasts at least, and until it has seen enough. */
    private static final long LOOK = Duration.ofMillis(250).toNanos();

    private static final long LONGEST_LOOK = Duration.ofSeconds(5).toNanos();
    private static final int ENOUGH = 20;

    /** What a look has found is true for so long. */
    private static final long GOOD = Duration.ofSeconds(2).toNanos();

    /** The quickest look of this and of the former period tells how long reads usually take. */
    private static final long PERIOD = Duration.ofMinutes(5).toNanos();

    private static final long LATE = Duration.ofMillis(10).toNanos();
    private static final int TIMES_USUAL = 3;
    /** One of so many may be late. */
    private static final int ONE_OF = 20;

    private final LongSupplier nanos;

    private long lookBegan;
    private int reads;
    private int lateReads;
    private long sum;

    private long periodBegan;
    private long quickest = Long.MAX_VALUE;
    /** Nothing is known at first, and then what is late is what is late anywhere. */
    private long quickestBefore;

    private boolean late;
    private long found;

    /** @param nanos a clock that nobody can set, as {@link System#nanoTime} */
    ReadWaits(LongSupplier nanos) {
        this.nanos = nanos;
        this.lookBegan = nanos.getAsLong();
        this.periodBegan = lookBegan;
        this.found = lookBegan;
    }

    /** Somebody has been given a secret after so many nanoseconds. */
    synchronized void answered(long waited) {
        reads++;
        sum += waited;
        if (waited > Math.max(LATE, TIMES_USUAL * Math.min(quickest, quickestBefore))) {
            lateReads++;
        }
        long now = nanos.getAsLong();
        long looked = now - lookBegan;
        if (looked >= LOOK && (reads >= ENOUGH || looked >= LONGEST_LOOK)) {
            conclude(now);
        }
    }

    private void conclude(long now) {
        late = lateReads * ONE_OF > reads && lateReads > 1;
        found = now;
        if (now - periodBegan >= PERIOD) {
            quickestBefore = quickest;
            quickest = Long.MAX_VALUE;
            periodBegan = now;
        }
        quickest = Math.min(quickest, sum / reads);
        lookBegan = now;
        reads = 0;
        lateReads = 0;
        sum = 0;
    }

    @Override
    public synchronized boolean late() {
        return late && nanos.getAsLong() - found < GOOD;
    }
}
