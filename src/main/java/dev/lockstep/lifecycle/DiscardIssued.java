package dev.lockstep.lifecycle;

import dev.lockstep.domain.Stage;
import dev.lockstep.port.Versions;
import org.springframework.stereotype.Component;

/**
 * Undoes {@link StageVersion} for a credential that is being issued. The account is removed first, in whichever order
 * the handlers are called: as long as it exists, the candidate may be the only secret that it accepts.
 */
@Component
public class DiscardIssued {

    private final RemoveCreated later;
    private final Versions versions;

    DiscardIssued(RemoveCreated later, Versions versions) {
        this.later = later;
        this.versions = versions;
    }

    /** Marks the candidate {@code DISCARDED}; its value stays in the store for a retry. */
    public void run(long operationId) {
        later.run(operationId);
        versions.candidate(operationId)
                .filter(candidate -> candidate.stage() == Stage.STAGED)
                .ifPresent(candidate -> versions.move(candidate.ref(), Stage.STAGED, Stage.DISCARDED));
    }
}
