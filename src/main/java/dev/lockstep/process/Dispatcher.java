package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes queued operations of at least some priority and runs each up to its first wait state on a worker. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String name;
    private final int minimumPriority;
    private final Dispatch dispatch;
    private final OperationRun run;
    private final TargetGates gates;
    private final Clock clock;
    private final Semaphore free;
    private final Semaphore hint = new Semaphore(0);
    private final ExecutorService pool;
    private final Thread loop;
    private volatile boolean running;

    /** Whether operations may have been passed over because their target was shut; it may be open by now. */
    private volatile boolean leftBehind;

    Dispatcher(
            String name,
            int minimumPriority,
            int workers,
            Dispatch dispatch,
            OperationRun run,
            TargetGates gates,
            Clock clock) {
        this.name = name;
        this.minimumPriority = minimumPriority;
        this.dispatch = dispatch;
        this.run = run;
        this.gates = gates;
        this.clock = clock;
        this.free = new Semaphore(workers);
        AtomicInteger number = new AtomicInteger();
        this.pool =
                Executors.newFixedThreadPool(workers, task -> new Thread(task, name + '-' + number.incrementAndGet()));
        this.loop = new Thread(this::loop, name);
    }

    void start() {
        running = true;
        loop.start();
    }

    /** There may be something to claim. */
    void wake() {
        hint.release();
    }

    /** Claims no more and waits for the workers; what they leave behind another node takes over by its lease. */
    void stop(Duration patience) {
        running = false;
        loop.interrupt();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} leaves operations to be taken over when their lease ends", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        boolean failing = false;
        while (running) {
            try {
                if (!claimSome()) {
                    hint.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    hint.drainPermits();
                }
                failing = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                if (!failing) {
                    log.warn("{} cannot claim operations and keeps trying: {}", name, failure.getMessage());
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

    private boolean claimSome() throws InterruptedException {
        free.acquire();
        int permits = 1 + free.drainPermits();
        List<Claim> claims = List.of();
        Set<String> shut = gates.shut();
        leftBehind = !shut.isEmpty();
        try {
            claims = dispatch.claim(clock.instant(), permits, minimumPriority, OperationRun.LEASE, shut);
        } finally {
            free.release(permits - claims.size());
        }
        for (Claim claim : claims) {
            pool.execute(() -> work(claim));
        }
        return !claims.isEmpty();
    }

    private void work(Claim claim) {
        try {
            run.run(claim);
        } finally {
            free.release();
            if (leftBehind) {
                wake();
            }
        }
    }
}
