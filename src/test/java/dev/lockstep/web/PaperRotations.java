package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.CannotCreateTransactionException;

/** Takes requests as far as the ledger; there is no engine behind it. */
@TestComponent
class PaperRotations implements Rotations {

    /** With this reason a request meets a ledger that is down. */
    static final String LEDGER_DOWN = "the ledger is down";

    /** With this reason a request finds no database when it begins its transaction. */
    static final String NO_TRANSACTION = "no transaction";

    /** With this reason a request meets a defect, whose text must not get out. */
    static final String DEFECT = "a defect";

    private final Operations operations;
    private final Dispatch dispatch;

    PaperRotations(Operations operations, Dispatch dispatch) {
        this.operations = operations;
        this.dispatch = dispatch;
    }

    @Override
    public Operation rotate(CredentialName credential, boolean emergency, String requestedBy, String reason) {
        if (reason.equals(LEDGER_DOWN)) {
            throw new RetryableException(FailureCode.LEDGER_UNAVAILABLE, "the ledger did not take a write");
        }
        if (reason.equals(NO_TRANSACTION)) {
            throw new CannotCreateTransactionException("hunter2 is in the text of this exception");
        }
        if (reason.equals(DEFECT)) {
            throw new IllegalStateException("hunter2 is in the text of this exception");
        }
        int priority = emergency ? Operation.EMERGENCY : Operation.REQUESTED;
        return operations
                .request(new OperationRequest(credential, "rotation", priority, requestedBy, reason))
                .orElseThrow(() -> new Conflict("an operation of " + credential + " is under way; wait for it"));
    }

    @Override
    public Operation breakGlass(CredentialName credential, String requestedBy, String reason) {
        return operations
                .request(new OperationRequest(credential, "rotation", Operation.BREAK_GLASS, requestedBy, reason))
                .orElseThrow();
    }

    @Override
    public void rollBack(long operation, String requestedBy) {
        if (!operations.requestRollback(operation)) {
            throw new Conflict("op-" + operation + " has no previous version to go back to any more");
        }
    }

    @Override
    public void resume(long operation, String requestedBy) {
        if (!dispatch.requeue(operation)) {
            throw new Conflict("op-" + operation + " is not quarantined");
        }
    }
}
