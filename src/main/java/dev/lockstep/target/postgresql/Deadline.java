package dev.lockstep.target.postgresql;

import java.sql.SQLTimeoutException;
import java.time.Duration;

/** The moment by which a call ends, on a clock that nobody sets. */
final class Deadline {

    private static final String CONNECTION_FAILURE = "08006";

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** At least 1, because 0 means "for ever" to the driver. */
    int remainingMillis() throws SQLTimeoutException {
        long millis = Duration.ofNanos(nanos - System.nanoTime()).toMillis();
        if (millis < 1) {
            throw new SQLTimeoutException("the time for this call is over", CONNECTION_FAILURE);
        }
        return Math.toIntExact(millis);
    }
}
