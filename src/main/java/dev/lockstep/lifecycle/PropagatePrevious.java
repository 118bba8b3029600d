package dev.lockstep.lifecycle;

import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Undoes {@link PropagateVersion}: the readers of the mirrors get the previous version again. */
@Component
public class PropagatePrevious {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Mirrors mirrors;
    private final Versions versions;
    private final UndoneSteps undone;

    PropagatePrevious(Workbench workbench, FencedStep fenced, Mirrors mirrors, Versions versions, UndoneSteps undone) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.mirrors = mirrors;
        this.versions = versions;
        this.undone = undone;
    }

    /** Does nothing without mirrors, when the candidate never became current, or when it was done in this round. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        Optional<Version> previous =
                versions.in(work.credential().name(), Stage.PREVIOUS).stream().findFirst();
        boolean promoted = versions.candidate(operationId)
                .filter(candidate -> candidate.stage() == Stage.CURRENT)
                .isPresent();
        if (work.credential().mirrors().isEmpty()
                || !promoted
                || previous.isEmpty()
                || undone.by(work.operation(), Step.PROPAGATE_PREVIOUS)) {
            return;
        }
        fenced.run(work, Step.PROPAGATE_PREVIOUS, work.calls(1), work.facts(previous.get()), attempt -> {
            mirrors.show(work, previous.get().ref());
            return previous;
        });
    }
}
