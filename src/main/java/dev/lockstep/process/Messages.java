package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends messages to the instance of an operation or incident. A message reaches only what is committed and waiting;
 * whatever it tells stands in the ledger before, so an instance that is not waiting yet finds it there.
 */
@Component
class Messages {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);

    private final RuntimeService runtime;
    private final TransactionTemplate fresh;

    /** A message that nobody waits for must not spoil the caller's transaction, so it gets one of its own. */
    Messages(RuntimeService runtime, PlatformTransactionManager transactions) {
        this.runtime = runtime;
        this.fresh = new TransactionTemplate(transactions);
        this.fresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    boolean consumersRefreshed(Operation operation) {
        return send("ConsumersRefreshed", operation);
    }

    boolean rollBack(Operation operation) {
        return send("RollBack", operation);
    }

    boolean readAttempted(Operation operation) {
        return send("ReadAttempted", operation);
    }

    boolean compromised(Operation operation) {
        return send("CredentialCompromised", operation);
    }

    boolean signalReported(Incident incident) {
        return send("SignalReported", incident.processInstance(), incident.label());
    }

    boolean allContained(Incident incident) {
        return send("AllContained", incident.processInstance(), incident.label());
    }

    private boolean send(String message, Operation operation) {
        return send(message, operation.processInstance(), operation.label());
    }

    private boolean send(String message, @Nullable String instance, String label) {
        if (instance == null || !waits(instance, message)) {
            return false;
        }
        try {
            fresh.executeWithoutResult(status -> runtime.createMessageCorrelation(message)
                    .processInstanceId(instance)
                    .correlateWithResult());
            return true;
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException notWaiting) {
            log.debug("{} does not wait for {} now", label, message);
            return false;
        }
    }

    private boolean waits(String instance, String message) {
        return runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .eventType("message")
                        .eventName(message)
                        .count()
                > 0;
    }
}
