package dev.lockstep.process;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes work out of a queue and runs each piece on a worker. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String name;
    private final Foreman foreman;
    private final Semaphore hint = new Semaphore(0);
    private final ExecutorService pool;
    private final Thread loop;
    private volatile boolean running;

    /** @param overflow is told when there may be more to claim than this dispatcher has workers for */
    Dispatcher(String name, Crew crew, WorkSource source, Runnable overflow) {
        this.name = name;
        this.foreman = new Foreman(crew, source, overflow, this::begin);
        AtomicInteger number = new AtomicInteger();
        this.pool = Executors.newFixedThreadPool(
                crew.most(), task -> new Thread(task, name + '-' + number.incrementAndGet()));
        this.loop = new Thread(this::loop, name);
    }

    void start() {
        running = true;
        loop.start();
    }

    /** There may be something to claim. */
    void wake() {
        hint.release();
        foreman.news();
    }

    /** Claims no more and waits for the workers; what they leave behind another node takes over by its lease. */
    void stop(Duration patience) {
        running = false;
        loop.interrupt();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} leaves work to be taken over when their lease ends", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        boolean failing = false;
        while (running) {
            try {
                await(foreman.round());
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                if (!failing) {
                    log.warn("{} cannot claim work and keeps trying: {}", name, failure.getMessage());
                }
                failing = true;
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException stopped) {
            running = false;
        }
    }

    private void await(Duration most) throws InterruptedException {
        hint.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        hint.drainPermits();
    }

    private void begin(WorkSource.Work work, Object worker) {
        pool.execute(() -> {
            try {
                work.task().run();
            } finally {
                if (foreman.ends(worker)) {
                    hint.release();
                }
            }
        });
    }
}
