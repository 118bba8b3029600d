package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Stage;
import dev.lockstep.lifecycle.ContainAll;
import dev.lockstep.port.Versions;
import org.springframework.stereotype.Component;

/** Whether an operation can still go back to the version before. */
@Component
class WayBack {

    private final Versions versions;

    WayBack(Versions versions) {
        this.versions = versions;
    }

    /** Before the promotion always; after it as long as the previous version lives. Never to what has leaked. */
    boolean open(Operation operation) {
        boolean promoted = versions.candidate(operation.id())
                .filter(candidate -> candidate.stage() == Stage.CURRENT)
                .isPresent();
        boolean previousLives =
                !versions.in(operation.credential(), Stage.PREVIOUS).isEmpty();
        return operation.status().active()
                && !operation.process().equals(ContainAll.PROCESS)
                && (!promoted || previousLives);
    }
}
