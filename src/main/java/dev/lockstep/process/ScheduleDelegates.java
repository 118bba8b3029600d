package dev.lockstep.process;

import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The service tasks of the schedule. */
@Configuration(proxyBeanMethods = false)
class ScheduleDelegates {

    /** Most operations that one tick queues; the next tick takes the rest. */
    private static final int BATCH = 500;

    /** Outside the engine's transaction: what is adopted is durable piece by piece, and a re-run goes on from there. */
    @Bean
    JavaDelegate adoptCredentialsDelegate(AdoptCredentials step, PlatformTransactionManager transactions) {
        return outside(transactions, step::run);
    }

    @Bean
    JavaDelegate requestDueDelegate(Operations operations, Clock clock, Wake wake) {
        return execution -> {
            operations.requestDue(clock.instant(), BATCH);
            wake.afterCommit(Wake.Work.OPERATION);
        };
    }

    @Bean
    JavaDelegate requestExpiredDelegate(Operations operations, Clock clock, Wake wake) {
        return execution -> {
            operations.requestExpired(clock.instant(), BATCH);
            wake.afterCommit(Wake.Work.OPERATION);
        };
    }

    /** Outside the engine's transaction, which a message that nobody waits for would doom. */
    @Bean
    JavaDelegate resumeWaitingDelegate(
            Dispatch dispatch,
            Quarantine quarantine,
            Messages messages,
            IncidentMessages incidents,
            PlatformTransactionManager transactions) {
        return outside(transactions, () -> {
            dispatch.refreshed(BATCH).forEach(messages::consumersRefreshed);
            dispatch.calledOff(BATCH).forEach(messages::rollBack);
            quarantine.unanswered(BATCH).forEach(messages::readAttempted);
            incidents.resend(BATCH);
        });
    }

    private static JavaDelegate outside(PlatformTransactionManager transactions, Runnable work) {
        TransactionTemplate outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return execution -> outside.executeWithoutResult(status -> work.run());
    }
}
