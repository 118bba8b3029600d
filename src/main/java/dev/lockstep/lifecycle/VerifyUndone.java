package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Operations;
import org.springframework.stereotype.Component;

/**
 * After the undo of an issuance: undoes what no handler of this process instance has undone, because an earlier run had
 * done it.
 */
@Component
public class VerifyUndone {

    private final Operations operations;
    private final DiscardIssued undo;
    private final UndoneSteps undone;

    VerifyUndone(Operations operations, DiscardIssued undo, UndoneSteps undone) {
        this.operations = operations;
        this.undo = undo;
        this.undone = undone;
    }

    /** Never ends in a permanent failure; what handlers have tried in vain is not tried again: a human sees why. */
    public void run(long operationId) {
        Operation operation = operations.get(operationId);
        if (undone.failed(operation)) {
            return;
        }
        try {
            undo.run(operationId);
        } catch (PermanentException failure) {
            operations.noteFailure(
                    operationId, FailureCode.UNDO_FAILED, failure.code().anchor() + ": " + failure.getMessage());
        }
    }
}
