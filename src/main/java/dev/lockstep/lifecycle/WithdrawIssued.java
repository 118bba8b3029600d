package dev.lockstep.lifecycle;

import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Undoes the promotion of a first version, at every store: applications read nothing again. */
@Component
public class WithdrawIssued {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Mirrors mirrors;
    private final Versions versions;
    private final UndoneSteps undone;

    WithdrawIssued(Workbench workbench, FencedStep fenced, Mirrors mirrors, Versions versions, UndoneSteps undone) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.mirrors = mirrors;
        this.versions = versions;
        this.undone = undone;
    }

    /** Does nothing when the promotion was never begun, or when it was undone in this round. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        Optional<Version> candidate = versions.candidate(operationId);
        if (candidate.isEmpty()
                || !undone.begun(work.operation(), Step.PROMOTE)
                || undone.by(work.operation(), Step.WITHDRAW)) {
            return;
        }
        fenced.run(work, Step.WITHDRAW, work.calls(1), work.facts(candidate.get()), attempt -> {
            mirrors.withdraw(work);
            return candidate.get().stage() == Stage.CURRENT
                    && versions.demote(candidate.get().ref(), null);
        });
    }
}
