package dev.lockstep.delivery;

import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.SecretIds;
import dev.lockstep.port.VersionChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done beside the answers: wiping values, writing repeats, forgetting what has expired. */
final class Housekeeping implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final Duration FLUSH = Duration.ofSeconds(2);
    private static final Duration REPEATS = Duration.ofSeconds(20);
    private static final Duration FORGET = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofHours(1);
    /** How long a program that listens may be away and still be told what it has missed. */
    private static final Duration CHANGES_KEPT = Duration.ofDays(7);

    private final ServedValues values;
    private final ReadRights rights;
    private final Recorder recorder;
    private final ShapesSeen shapes;
    private final ReaderTokens tokens;
    private final SecretIds secretIds;
    private final VersionChanges changes;
    private final Clock clock;
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "delivery-housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    Housekeeping(
            ServedValues values,
            ReadRights rights,
            Recorder recorder,
            ShapesSeen shapes,
            ReaderTokens tokens,
            SecretIds secretIds,
            VersionChanges changes,
            Clock clock) {
        this.values = values;
        this.rights = rights;
        this.recorder = recorder;
        this.shapes = shapes;
        this.tokens = tokens;
        this.secretIds = secretIds;
        this.changes = changes;
        this.clock = clock;
        every(SWEEP, this::sweep);
        every(FLUSH, recorder::flushOddities);
        every(FLUSH, shapes::flush);
        every(REPEATS, recorder::flush);
        every(FORGET, this::forget);
    }

    private void every(Duration time, Runnable work) {
        ScheduledFuture<?> unused = executor.scheduleWithFixedDelay(
                () -> safely(work), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the schedule. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            log.warn("the record of reads is behind; it is tried again", failure);
        }
    }

    private void sweep() {
        values.sweep();
        rights.sweep();
    }

    private void forget() {
        Instant before = clock.instant().minus(KEPT);
        tokens.forget(before);
        secretIds.forget(before);
        changes.forget(clock.instant().minus(CHANGES_KEPT));
    }

    @Override
    public void close() {
        executor.shutdownNow();
        safely(recorder::flushOddities);
        safely(recorder::flush);
        safely(shapes::flush);
        values.clear();
    }
}
