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

    /**
     * Keeps or drops the candidate of the earlier rounds.
     *
     * @param wanted whether a person wants it now; then it does not wait for an opening
     */
    public void run(long operationId, boolean newSecret, boolean wanted) {
        Operation operation = operations.get(operationId);
        if (wanted) {
            operations.urge(operationId, Operation.REQUESTED);
        }
        operations.nextRound(operationId, operation.round(), newSecret);
    }
}
