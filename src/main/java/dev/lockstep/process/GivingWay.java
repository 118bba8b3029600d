package dev.lockstep.process;

import dev.lockstep.port.ReadTimes;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many workers may do routine work at once: applications that read their secrets wait less when fewer do. One as
 * long as reads are late; one more every three seconds when they are not.
 */
final class GivingWay implements IntSupplier {

    private static final Logger log = LoggerFactory.getLogger(GivingWay.class);

    private static final long MORE_AFTER = Duration.ofSeconds(3).toNanos();

    private final ReadTimes reads;
    private final int most;
    private final LongSupplier nanos;

    private int allowed;
    private long since;

    /** @param nanos a clock that nobody can set, as {@link System#nanoTime} */
    GivingWay(ReadTimes reads, int most, LongSupplier nanos) {
        this.reads = reads;
        this.most = most;
        this.nanos = nanos;
        this.allowed = most;
        this.since = nanos.getAsLong();
    }

    @Override
    public synchronized int getAsInt() {
        long now = nanos.getAsLong();
        if (reads.late()) {
            if (allowed == most) {
                log.info("applications wait for their secrets: fewer workers do routine work until that is over");
            }
            allowed = 1;
            since = now;
        } else if (allowed < most) {
            long more = (now - since) / MORE_AFTER;
            allowed = (int) Math.min(most, allowed + more);
            since += more * MORE_AFTER;
        }
        return allowed;
    }
}
