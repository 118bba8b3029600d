package dev.lockstep.notify;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has changes of versions placed and told twice a second, on each node. Nothing waits for it. */
final class NewsWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NewsWatch.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConsumerNews news;
    private @Nullable ScheduledExecutorService thread;
    private volatile boolean running;
    private boolean failing;

    NewsWatch(ConsumerNews news) {
        this.news = news;
    }

    @Override
    public synchronized void start() {
        running = true;
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looks = new Thread(task, "version-news");
            looks.setDaemon(true);
            return looks;
        });
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    private void look() {
        try {
            boolean more = true;
            while (more && running) {
                more = news.turn();
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                log.warn("consumers are told later, because the ledger fails: {}", failure.getMessage());
            }
            failing = true;
        }
    }

    /** What is under way ends by itself; what is left the next start or another node tells. */
    @Override
    public synchronized void stop() {
        running = false;
        ScheduledExecutorService executor = thread;
        if (executor == null) {
            return;
        }
        thread = null;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the ledger does not answer; consumers are told by another node, or later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
