package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends messages to the instance of an operation. A message reaches only what is committed and waiting; whatever it
 * tells stands in the ledger before, so an instance that is not waiting yet finds it there.
 */
@Component
class Messages {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);

    private final RuntimeService runtime;

    Messages(RuntimeService runtime) {
        this.runtime = runtime;
    }

    boolean consumersRefreshed(Operation operation) {
        return send("ConsumersRefreshed", operation);
    }

    boolean rollBack(Operation operation) {
        return send("RollBack", operation);
    }

    boolean compromised(Operation operation) {
        return send("CredentialCompromised", operation);
    }

    private boolean send(String message, Operation operation) {
        String instance = operation.processInstance();
        if (instance == null) {
            return false;
        }
        try {
            runtime.createMessageCorrelation(message)
                    .processInstanceId(instance)
                    .correlateWithResult();
            return true;
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException notWaiting) {
            log.debug("{} does not wait for {} now", operation.label(), message);
            return false;
        }
    }
}
