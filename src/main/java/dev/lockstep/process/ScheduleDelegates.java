package dev.lockstep.process;

import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
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
        TransactionTemplate outside = new TransactionTemplate(transactions);
        outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return execution -> outside.executeWithoutResult(status -> step.run());
    }

    @Bean
    JavaDelegate requestDueDelegate(Operations operations, Clock clock, Wake wake) {
        return execution -> {
            operations.requestDue(clock.instant(), BATCH);
            wake.afterCommit();
        };
    }

    @Bean
    JavaDelegate resumeWaitingDelegate(Dispatch dispatch, Messages messages, IncidentMessages incidents) {
        return execution -> {
            dispatch.refreshed(BATCH).forEach(messages::consumersRefreshed);
            incidents.resend(BATCH);
        };
    }
}
