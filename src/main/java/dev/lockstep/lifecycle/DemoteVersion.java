package dev.lockstep.lifecycle;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Undoes {@link PromoteVersion}: applications read the previous version again. Whatever was done after the promotion is
 * undone first, in whichever order the handlers are called.
 */
@Component
public class DemoteVersion {

    private final PropagatePrevious later;
    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Attempts attempts;
    private final UndoneSteps undone;

    DemoteVersion(
            PropagatePrevious later,
            Workbench workbench,
            FencedStep fenced,
            Versions versions,
            Attempts attempts,
            UndoneSteps undone) {
        this.later = later;
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.attempts = attempts;
        this.undone = undone;
    }

    /** Does nothing when the promotion was never begun, or when there is no version to go back to. */
    public void run(long operationId) {
        later.run(operationId);
        Work work = workbench.of(operationId);
        Optional<Version> candidate = versions.candidate(operationId);
        if (candidate.filter(version -> version.stage() == Stage.CURRENT).isPresent()) {
            demote(work, candidate.get());
        } else if (candidate.filter(version -> version.stage() == Stage.STAGED).isPresent()
                && begun(operationId)
                && !undone.by(work.operation(), Step.DEMOTE)) {
            showCurrent(work, candidate.get());
        }
    }

    private void demote(Work work, Version candidate) {
        Optional<Version> previous =
                versions.in(work.credential().name(), Stage.PREVIOUS).stream().findFirst();
        if (previous.isPresent()) {
            fenced.run(work, Step.DEMOTE, work.calls(1), work.facts(previous.get()), attempt -> {
                work.store().promote(previous.get().ref());
                return versions.demote(candidate.ref(), previous.get().ref());
            });
        }
    }

    /** The promotion may have failed half way: the store shows the candidate, and the ledger knows nothing of it. */
    private void showCurrent(Work work, Version candidate) {
        Optional<Version> current = versions.current(work.credential().name());
        if (current.isPresent()) {
            fenced.run(work, Step.DEMOTE, work.calls(1), work.facts(current.get()), attempt -> {
                Optional<SecretRef> shown =
                        work.store().current(work.credential().name());
                if (shown.filter(candidate.ref()::equals).isPresent()) {
                    work.store().promote(current.get().ref());
                }
                return current;
            });
        }
    }

    private boolean begun(long operationId) {
        return attempts.list(operationId).stream()
                .anyMatch(entry -> entry.attempt().step() == Step.PROMOTE);
    }
}
