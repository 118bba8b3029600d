package dev.lockstep.lifecycle;

import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import org.springframework.stereotype.Component;

/** Brings the new version to the mirrors, so that their readers move as well. */
@Component
public class PropagateVersion {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Mirrors mirrors;

    PropagateVersion(Workbench workbench, FencedStep fenced, Mirrors mirrors) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.mirrors = mirrors;
    }

    /** Does nothing for a credential without mirrors. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        if (work.credential().mirrors().isEmpty()) {
            return;
        }
        Version candidate = workbench.candidate(work);
        fenced.run(work, Step.PROPAGATE, work.calls(1), work.facts(candidate), attempt -> {
            mirrors.show(work, candidate.ref());
            return candidate;
        });
    }
}
