package dev.lockstep.lifecycle;

import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
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

    DemoteVersion(PropagatePrevious later, Workbench workbench, FencedStep fenced, Versions versions) {
        this.later = later;
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
    }

    /** Does nothing when the candidate is not current, or when there is no version to go back to. */
    public void run(long operationId) {
        later.run(operationId);
        Work work = workbench.of(operationId);
        Optional<Version> candidate =
                versions.candidate(operationId).filter(version -> version.stage() == Stage.CURRENT);
        Optional<Version> previous =
                versions.in(work.credential().name(), Stage.PREVIOUS).stream().findFirst();
        if (candidate.isEmpty() || previous.isEmpty()) {
            return;
        }
        fenced.run(work, Step.DEMOTE, work.calls(1), work.facts(previous.get()), attempt -> {
            work.store().promote(previous.get().ref());
            return versions.demote(candidate.get().ref(), previous.get().ref());
        });
    }
}
