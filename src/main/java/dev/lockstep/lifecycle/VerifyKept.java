package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * After a decommission was called off: switches on what no handler of this process instance has switched on, because an
 * earlier run had switched it off, and proves that the version that applications read logs in.
 */
@Component
public class VerifyKept {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Probe probe;
    private final Versions versions;
    private final Operations operations;
    private final EnablePrincipals undo;
    private final UndoneSteps undone;

    VerifyKept(
            Workbench workbench,
            FencedStep fenced,
            Probe probe,
            Versions versions,
            Operations operations,
            EnablePrincipals undo,
            UndoneSteps undone) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.probe = probe;
        this.versions = versions;
        this.operations = operations;
        this.undo = undo;
        this.undone = undone;
    }

    /**
     * Returns whether the credential is as it was before. Never ends in a permanent failure: what cannot be proven goes
     * to a human.
     */
    public boolean run(long operationId) {
        Work work = workbench.of(operationId);
        return completed(work) && currentWorks(work);
    }

    /** What handlers have tried in vain is not tried again: a human sees why. */
    private boolean completed(Work work) {
        if (undone.failed(work.operation())) {
            return false;
        }
        try {
            undo.run(work.operation().id());
            return true;
        } catch (PermanentException failure) {
            operations.noteFailure(
                    work.operation().id(),
                    FailureCode.UNDO_FAILED,
                    failure.code().anchor() + ": " + failure.getMessage());
            return false;
        }
    }

    /** There is nothing to prove when no version is in use, as for a contained credential. */
    private boolean currentWorks(Work work) {
        Optional<Version> current = versions.current(work.credential().name());
        if (current.isEmpty()) {
            return true;
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
                        current.get().ref() + " should log in again but does not at target "
                                + work.credential().target());
            }
            return answer == LoginResult.ACCEPTED;
        } catch (PermanentException failure) {
            operations.noteFailure(work.operation().id(), failure.code(), failure.getMessage());
            return false;
        }
    }
}
