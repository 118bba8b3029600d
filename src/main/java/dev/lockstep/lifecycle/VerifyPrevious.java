package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * After an undo: undoes what no handler of this process instance has undone, because an earlier run had done it, proves
 * that the version that applications read logs in, and decides what follows.
 */
@Component
public class VerifyPrevious {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Probe probe;
    private final Versions versions;
    private final Operations operations;
    private final DiscardStaged undo;
    private final UndoneSteps undone;

    VerifyPrevious(
            Workbench workbench,
            FencedStep fenced,
            Probe probe,
            Versions versions,
            Operations operations,
            DiscardStaged undo,
            UndoneSteps undone) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.probe = probe;
        this.versions = versions;
        this.operations = operations;
        this.undo = undo;
        this.undone = undone;
    }

    /** Never ends in a permanent failure: what cannot be proven goes to a human. */
    public Recovery run(long operationId) {
        Work work = workbench.of(operationId);
        Policy policy = work.credential().policy();
        return new Recovery(decide(work, policy), policy.failure().laterAfter());
    }

    private Next decide(Work work, Policy policy) {
        Operation operation = work.operation();
        if (!completed(operation) || !previousWorks(work)) {
            return Next.RESOLVE;
        }
        if (operation.rollback()) {
            return Next.ROLLED_BACK;
        }
        return operation.round() <= policy.failure().laterTimes() ? Next.RETRY_LATER : Next.RESOLVE;
    }

    /** What handlers have tried in vain is not tried again: a human sees why. */
    private boolean completed(Operation operation) {
        if (undone.failed(operation)) {
            return false;
        }
        try {
            undo.run(operation.id());
            return true;
        } catch (PermanentException failure) {
            operations.noteFailure(
                    operation.id(), FailureCode.UNDO_FAILED, failure.code().anchor() + ": " + failure.getMessage());
            return false;
        }
    }

    private boolean previousWorks(Work work) {
        Optional<Version> current = versions.current(work.credential().name());
        if (current.isEmpty()) {
            return false;
        }
        try {
            LoginResult answer = fenced.run(
                    work,
                    Step.VERIFY_PREVIOUS,
                    work.calls(1),
                    work.facts(current.get()),
                    attempt -> probe.ask(work, current.get()).orElse(LoginResult.REFUSED));
            if (answer != LoginResult.ACCEPTED) {
                operations.noteFailure(
                        work.operation().id(),
                        FailureCode.DRIFT,
                        current.get().ref() + " should log in after the undo but is refused at target "
                                + work.credential().target());
            }
            return answer == LoginResult.ACCEPTED;
        } catch (PermanentException failure) {
            operations.noteFailure(work.operation().id(), failure.code(), failure.getMessage());
            return false;
        }
    }

    /**
     * What follows the undo.
     *
     * @param after the wait when {@code next} is {@code RETRY_LATER}
     */
    public record Recovery(Next next, Duration after) {}

    /** The ways on. */
    public enum Next {
        RETRY_LATER,
        RESOLVE,
        ROLLED_BACK
    }
}
