package dev.lockstep.process;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ManagementService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Threads of this node that do nothing but begin incidents. */
@Component
@ConditionalOnProperty(name = "lockstep.dispatch", havingValue = "true", matchIfMissing = true)
class IncidentRunner implements SmartLifecycle {

    static final int THREADS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(IncidentRunner.class);

    private final ManagementService management;
    private final ExecutorService pool;
    private volatile boolean running;

    IncidentRunner(ManagementService management, IncidentStarts starts) {
        this.management = management;
        AtomicInteger number = new AtomicInteger();
        this.pool =
                Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "incident-" + number.incrementAndGet()));
        starts.register(this::run);
    }

    private void run(String job) {
        try {
            pool.execute(() -> execute(job));
        } catch (RejectedExecutionException stopping) {
            log.info("job {} is left to the job executor, because this node stops", job);
        }
    }

    /**
     * The engine has noted a failure with the job and will try it again. One that waited here for so long that the job
     * executor has done it meanwhile is gone.
     */
    private void execute(String job) {
        try {
            if (management.createJobQuery().jobId(job).count() == 1) {
                management.executeJob(job);
            }
        } catch (RuntimeException failure) {
            log.warn("an incident could not begin at once and is tried again: {}", failure.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        pool.shutdown();
        try {
            pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
