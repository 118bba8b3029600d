package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The service tasks of the schedule. */
@Configuration(proxyBeanMethods = false)
class ScheduleDelegates {

    private static final int BATCH = 500;

    /** As many times does a tick queue what is due, when very much is; the next tick takes the rest. */
    private static final int BATCHES = 10;

    /** Of a large new configuration; what is due goes on meanwhile. */
    private static final Duration MOST_OF_A_TICK = Duration.ofSeconds(3);

    /** Outside the engine's transaction: what is adopted is durable piece by piece, and a re-run goes on from there. */
    @Bean
    JavaDelegate adoptCredentialsDelegate(AdoptCredentials step, PlatformTransactionManager transactions) {
        return outside(transactions, () -> step.run(MOST_OF_A_TICK));
    }

    @Bean
    JavaDelegate requestDueDelegate(Operations operations, Clock clock, Wake wake) {
        return batches(limit -> operations.requestDue(clock.instant(), limit), wake);
    }

    @Bean
    JavaDelegate requestExpiredDelegate(Operations operations, Clock clock, Wake wake) {
        return batches(limit -> operations.requestExpired(clock.instant(), limit), wake);
    }

    /** Outside the engine's transaction, which a message that nobody waits for would doom. */
    @Bean
    JavaDelegate resumeWaitingDelegate(ResumeWaiting resume, PlatformTransactionManager transactions) {
        return outside(transactions, resume::run);
    }

    /** Wakes the dispatchers only when there is something new for them. */
    private static JavaDelegate batches(IntFunction<List<Operation>> request, Wake wake) {
        return execution -> {
            int batches = 0;
            int queued;
            do {
                queued = request.apply(BATCH).size();
                batches++;
            } while (queued == BATCH && batches < BATCHES);
            if (batches > 1 || queued > 0) {
                wake.afterCommit(Wake.Work.OPERATION);
            }
        };
    }

    private static JavaDelegate outside(PlatformTransactionManager transactions, Runnable work) {
        TransactionTemplate outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return execution -> outside.executeWithoutResult(status -> work.run());
    }
}
