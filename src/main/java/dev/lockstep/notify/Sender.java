package dev.lockstep.notify;

import dev.lockstep.port.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Empties the outbox: one worker for each channel that has something, so that a slow one holds up nobody else. */
final class Sender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TIDY = Duration.ofHours(1);
    /** How long what was told is kept. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Outbox outbox;
    private final Delivery delivery;
    private final Clock clock;
    private final Semaphore hint;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private ExecutorService workers = Executors.newCachedThreadPool();
    private volatile boolean running;

    /** @param hint released when there may be something to send */
    Sender(Outbox outbox, Delivery delivery, Clock clock, Semaphore hint) {
        this.outbox = outbox;
        this.delivery = delivery;
        this.clock = clock;
        this.hint = hint;
    }

    @Override
    public synchronized void start() {
        running = true;
        workers = Executors.newCachedThreadPool(task -> {
            Thread worker = new Thread(task, "notices");
            worker.setDaemon(true);
            return worker;
        });
        workers.execute(this::loop);
    }

    private void loop() {
        boolean failing = false;
        Instant tidied = Instant.MIN;
        while (running) {
            try {
                if (hint.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    hint.drainPermits();
                }
                Instant now = clock.instant();
                outbox.waiting(now).forEach(this::serve);
                if (!now.isBefore(tidied.plus(TIDY))) {
                    outbox.forget(now.minus(KEPT));
                    tidied = now;
                }
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                if (!failing) {
                    log.warn("notices wait, because the outbox cannot be read: {}", failure.getMessage());
                }
                failing = true;
            }
        }
    }

    private void serve(String channel) {
        if (busy.add(channel)) {
            workers.execute(() -> empty(channel));
        }
    }

    private void empty(String channel) {
        try {
            while (running && delivery.next(channel)) {
                log.debug("a notice left by channel {}", channel);
            }
        } catch (RuntimeException failure) {
            log.warn("channel {} is tried again, because the outbox failed: {}", channel, failure.getMessage());
        } finally {
            busy.remove(channel);
        }
    }

    /** What is on its way may arrive; what is left the next start or another node delivers. */
    @Override
    public synchronized void stop() {
        running = false;
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("a channel does not answer; its notice is sent again later");
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
