package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Operations;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** What an undo ends with: the rest of it is done, and the version in use logs in. Notes what could not be had. */
@Component
class UndoProof {

    private final FencedStep fenced;
    private final Probe probe;
    private final Operations operations;
    private final UndoneSteps undone;

    UndoProof(FencedStep fenced, Probe probe, Operations operations, UndoneSteps undone) {
        this.fenced = fenced;
        this.probe = probe;
        this.operations = operations;
        this.undone = undone;
    }

    /** Runs the last handler of an undo. What handlers have tried in vain is not tried again: a human sees why. */
    boolean completed(Work work, LongConsumer undo) {
        long operation = work.operation().id();
        if (undone.failed(work.operation())) {
            return false;
        }
        try {
            undo.accept(operation);
            return true;
        } catch (PermanentException failure) {
            operations.noteFailure(
                    operation, FailureCode.UNDO_FAILED, failure.code().anchor() + ": " + failure.getMessage());
            return false;
        }
    }

    /** Whether the version logs in after the undo, with all the rights it needs. */
    boolean works(Work work, Version current) {
        long operation = work.operation().id();
        try {
            LoginResult answer = fenced.run(
                    work,
                    Step.VERIFY_PREVIOUS,
                    work.calls(1),
                    work.facts(current),
                    attempt -> probe.ask(work, current).orElse(LoginResult.REFUSED));
            if (answer != LoginResult.ACCEPTED) {
                operations.noteFailure(
                        operation,
                        FailureCode.DRIFT,
                        current.ref() + " should log in after the undo but is refused at target "
                                + work.credential().target());
            }
            return answer == LoginResult.ACCEPTED;
        } catch (PermanentException failure) {
            operations.noteFailure(operation, failure.code(), failure.getMessage());
            return false;
        }
    }
}
