package dev.lockstep.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the sealing on a thread of its own; starts before and stops after everything that writes events. */
final class SealingSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SealingSchedule.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    private final SealingRun run;
    private final Duration interval;
    private volatile boolean stopping;
    private volatile @Nullable ScheduledExecutorService thread;

    SealingSchedule(SealingRun run, Duration interval) {
        this.run = run;
        this.interval = interval;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a turn never throws, so the future has nothing to tell
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        stopping = false;
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread sealing = new Thread(task, "audit-sealer");
            sealing.setDaemon(true);
            return sealing;
        });
        executor.scheduleWithFixedDelay(
                () -> run.run(() -> stopping, false), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    /** Lets the turn in progress end, seals what is left and signs the end of the chain. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService executor = thread;
        if (executor == null) {
            return;
        }
        stopping = true;
        executor.shutdown();
        if (ended(executor)) {
            long deadline = System.nanoTime() + LAST_TURN.toNanos();
            run.run(() -> System.nanoTime() - deadline > 0, true);
        } else {
            LOG.warn("The audit sealer is still busy at shutdown; what it leaves is sealed after the next start");
            executor.shutdownNow();
        }
        thread = null;
    }

    private static boolean ended(ScheduledExecutorService executor) {
        try {
            return executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }
}
