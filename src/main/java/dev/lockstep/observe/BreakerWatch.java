package dev.lockstep.observe;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the keeper look once a second; the first time before anything is dispatched. */
final class BreakerWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BreakerWatch.class);

    private final BreakerKeeper keeper;
    private final ExecutorService probes;
    private volatile @Nullable ScheduledExecutorService thread;
    private boolean failing;

    BreakerWatch(BreakerKeeper keeper, ExecutorService probes) {
        this.keeper = keeper;
        this.probes = probes;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a look never throws, so the future has nothing to tell
    public synchronized void start() {
        look();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "breakers");
            watching.setDaemon(true);
            return watching;
        });
        executor.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        thread = executor;
    }

    private void look() {
        try {
            keeper.look();
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                log.warn("the state of targets cannot be shared for now: {}", failure.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService executor = thread;
        if (executor != null) {
            executor.shutdownNow();
            probes.shutdownNow();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the dispatchers and the job executor, and after them at the end. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 2000;
    }
}
