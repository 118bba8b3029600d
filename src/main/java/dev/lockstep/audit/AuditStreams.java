package dev.lockstep.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Gives each stream a thread of its own, so that one that is held up holds up no other. */
final class AuditStreams implements SmartLifecycle {

    private final List<AuditStream> streams;
    private final Duration interval;
    private @Nullable ScheduledExecutorService threads;

    AuditStreams(List<AuditStream> streams, Duration interval) {
        this.streams = streams;
        this.interval = interval;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a turn never throws, so the future has nothing to tell
    public synchronized void start() {
        if (streams.isEmpty() || threads != null) {
            return;
        }
        ScheduledExecutorService each = Executors.newScheduledThreadPool(streams.size(), task -> {
            Thread thread = new Thread(task, "audit-stream");
            thread.setDaemon(true);
            return thread;
        });
        streams.forEach(
                stream -> each.scheduleWithFixedDelay(stream::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS));
        threads = each;
    }

    /** What is on its way may arrive; it is handed on again after the next start if nobody knows. */
    @Override
    public synchronized void stop() {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }
}
