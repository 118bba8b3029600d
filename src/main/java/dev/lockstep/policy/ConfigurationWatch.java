package dev.lockstep.policy;

import dev.lockstep.port.RefusedConfiguration;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows what is in force in the ledger, and what becomes of the node's files; the first time before anything runs.
 */
final class ConfigurationWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationWatch.class);

    private final ConfigurationDesk desk;
    private final DirectoryChanges changes;
    private final AtomicReference<Sources> firstSources;
    private final Duration interval;
    private volatile @Nullable ScheduledExecutorService thread;
    private String complaint = "";

    ConfigurationWatch(
            ConfigurationDesk desk,
            DirectoryChanges changes,
            AtomicReference<Sources> firstSources,
            Duration interval) {
        this.desk = desk;
        this.changes = changes;
        this.firstSources = firstSources;
        this.interval = interval;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a look never throws, so the future has nothing to tell
    public synchronized void start() {
        @Nullable Sources first = firstSources.getAndSet(null);
        if (first != null) {
            desk.begin(first);
        }
        look();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watching = new Thread(task, "configuration");
            watching.setDaemon(true);
            return watching;
        });
        executor.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    /** Says once what goes wrong, and goes on with the last good configuration. */
    void look() {
        String now = "";
        try {
            desk.follow();
            desk.settle();
            changes.look();
            desk.tidy();
        } catch (RefusedConfiguration refused) {
            now = "what is in force is not accepted by this node, which goes on with what it had: "
                    + refused.flaws().get(0);
        } catch (RuntimeException failure) {
            now = "the configuration cannot be followed for now: " + failure.getMessage();
        }
        if (!now.isEmpty() && !now.equals(complaint)) {
            log.warn(now);
        }
        complaint = now;
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService executor = thread;
        if (executor != null) {
            executor.shutdownNow();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before whatever works with the configuration, and after it at the end. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1500;
    }
}
