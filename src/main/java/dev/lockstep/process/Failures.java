package dev.lockstep.process;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Operations;
import java.util.Set;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.springframework.stereotype.Component;

/** The one place where a step's failure becomes what the engine understands, noted in the ledger on the way. */
@Component
class Failures {

    private static final Set<FailureCode> NOT_OURS_ANY_MORE =
            Set.of(FailureCode.OPERATION_CLOSED, FailureCode.STALE_ATTEMPT);

    private final Operations operations;

    Failures(Operations operations) {
        this.operations = operations;
    }

    /** A permanent failure becomes a BPMN error, unless somebody else has the operation: then nothing may be undone. */
    RuntimeException translate(Operation operation, PermanentException failure) {
        if (NOT_OURS_ANY_MORE.contains(failure.code())) {
            return failure;
        }
        operations.noteFailure(operation.id(), failure.code(), failure.getMessage());
        return new BpmnError(failure.code().name(), failure.getMessage());
    }

    /**
     * A retryable failure stays an exception: dispatcher or job executor try again. Nothing is noted when somebody else
     * has the operation, or nothing was tried.
     */
    RuntimeException retry(Operation operation, RetryableException failure) {
        if (!NOT_OURS_ANY_MORE.contains(failure.code()) && !failure.code().nothingTried()) {
            operations.noteFailure(operation.id(), failure.code(), failure.getMessage());
        }
        return failure;
    }

    void noteUndo(Operation operation, PermanentException failure) {
        if (NOT_OURS_ANY_MORE.contains(failure.code())) {
            throw failure;
        }
        operations.noteFailure(
                operation.id(), FailureCode.UNDO_FAILED, failure.code().anchor() + ": " + failure.getMessage());
    }
}
