package dev.lockstep.bench;

import dev.lockstep.process.DispatchSwitch;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shipped way: dispatchers claim queued operations and run the shipped model on the engine. */
final class EngineRun {

    private static final String ACTIVE = "SELECT count(*) FROM operation WHERE active_credential IS NOT NULL";
    private static final int LOOK_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Stand stand;
    private final JdbcClient outside;

    /** @param outside a way to the database that is not counted */
    EngineRun(Stand stand, JdbcClient outside) {
        this.stand = stand;
        this.outside = outside;
    }

    /** Works off everything that is queued. */
    void work() {
        SmartLifecycle dispatchers = DispatchSwitch.dispatchers(stand.application());
        dispatchers.start();
        try {
            long started = System.nanoTime();
            while (outside.sql(ACTIVE).query(Integer.class).single() > 0) {
                if (System.nanoTime() - started > PATIENCE.toNanos()) {
                    throw new IllegalStateException("operations are left over after " + PATIENCE);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the engine worked", e);
        } finally {
            dispatchers.stop();
        }
    }
}
