package dev.lockstep.lifecycle;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Undoes {@link ApplyToTarget}: the target accepts the previous version again and the candidate no more. Demotes first,
 * in whichever order the handlers are called. A revoked version is never restored.
 */
@Component
public class RestorePrevious {

    private final WithdrawRelease later;
    private final Workbench workbench;
    private final FencedStep fenced;
    private final Probe probe;
    private final Versions versions;
    private final Attempts attempts;
    private final UndoneSteps undone;

    RestorePrevious(
            WithdrawRelease later,
            Workbench workbench,
            FencedStep fenced,
            Probe probe,
            Versions versions,
            Attempts attempts,
            UndoneSteps undone) {
        this.later = later;
        this.workbench = workbench;
        this.fenced = fenced;
        this.probe = probe;
        this.versions = versions;
        this.attempts = attempts;
        this.undone = undone;
    }

    /** Does nothing when the target never heard of the candidate, or when there is no version to go back to. */
    public void run(long operationId) {
        later.run(operationId);
        Work work = workbench.of(operationId);
        Optional<Version> candidate =
                versions.candidate(operationId).filter(version -> version.stage() == Stage.STAGED);
        Optional<Version> previous = versions.current(work.credential().name());
        if (candidate.isEmpty()
                || previous.isEmpty()
                || !touched(operationId)
                || undone.by(work.operation(), Step.RESTORE)) {
            return;
        }
        fenced.run(work, Step.RESTORE, work.calls(3), work.facts(previous.get()), attempt -> {
            restore(work, candidate.get(), previous.get());
            return previous;
        });
    }

    private boolean touched(long operationId) {
        return attempts.list(operationId).stream()
                .anyMatch(entry -> entry.attempt().step() == Step.APPLY);
    }

    private void restore(Work work, Version candidate, Version previous) {
        boolean samePrincipal = candidate.principal().equals(previous.principal());
        if (samePrincipal && !probe.live(work, previous)) {
            try (SecretValue value = workbench.value(work, previous.ref())) {
                work.target().restore(work.account(previous), value);
            }
        } else if (!samePrincipal && probe.live(work, candidate)) {
            work.target().retire(work.account(candidate));
        }
    }
}
