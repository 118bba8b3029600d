package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Operations;
import org.springframework.stereotype.Component;

/** Begins the next round of an operation, in which attempts are counted anew. */
@Component
public class PrepareRetry {

    private final Operations operations;

    PrepareRetry(Operations operations) {
        this.operations = operations;
    }

    /** Keeps or drops the candidate of the earlier rounds. */
    public void run(long operationId, boolean newSecret) {
        Operation operation = operations.get(operationId);
        operations.nextRound(operationId, operation.round(), newSecret);
    }
}
