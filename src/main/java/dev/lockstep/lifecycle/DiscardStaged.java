package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Undoes {@link StageVersion}. The candidate may be the only secret that the target accepts, so the target is restored
 * first, in whichever order the handlers are called, and a candidate without a version to go back to is kept.
 */
@Component
public class DiscardStaged {

    private final RestorePrevious later;
    private final Versions versions;
    private final Attempts attempts;

    DiscardStaged(RestorePrevious later, Versions versions, Attempts attempts) {
        this.later = later;
        this.versions = versions;
        this.attempts = attempts;
    }

    /** Marks the candidate {@code DISCARDED}; its value stays in the store for a retry until a later operation ends. */
    public void run(long operationId) {
        later.run(operationId);
        Optional<Version> candidate =
                versions.candidate(operationId).filter(version -> version.stage() == Stage.STAGED);
        if (candidate.isPresent()
                && !onlyHope(operationId, candidate.get().ref().credential())) {
            versions.move(candidate.get().ref(), Stage.STAGED, Stage.DISCARDED);
        }
    }

    private boolean onlyHope(long operationId, CredentialName credential) {
        return versions.current(credential).isEmpty()
                && attempts.list(operationId).stream()
                        .anyMatch(entry -> entry.attempt().step() == Step.APPLY);
    }
}
