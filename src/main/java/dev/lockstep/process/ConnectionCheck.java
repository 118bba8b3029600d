package dev.lockstep.process;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a pool in which workers could wait for each other: each holds the engine's transaction open
 * while a step commits its attempt or its new version on a second connection.
 */
@Component
@ConditionalOnProperty(name = "lockstep.dispatch", havingValue = "true", matchIfMissing = true)
class ConnectionCheck {

    /** The dispatchers' claims, the job executor's acquisition, the sealer and one request. */
    private static final int OTHERS = 5;

    ConnectionCheck(
            @Value("${spring.datasource.hikari.maximum-pool-size:10}") int pool,
            @Value("${camunda.bpm.job-execution.max-pool-size}") int jobThreads) {
        check(pool, jobThreads);
    }

    /** @throws TooFewConnections when {@code most} connections are not enough for so many threads */
    static void check(int most, int jobThreads) {
        int workers = Dispatchers.WORKERS
                + Dispatchers.STAND_INS
                + Dispatchers.EMERGENCY_WORKERS
                + Dispatchers.EMERGENCY_STAND_INS
                + Dispatchers.INCIDENT_WORKERS;
        int needed = 2 * (workers + jobThreads) + OTHERS;
        if (most < needed) {
            throw new TooFewConnections(most, needed);
        }
    }
}
