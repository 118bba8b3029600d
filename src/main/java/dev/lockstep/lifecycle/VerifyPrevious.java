package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Versions;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * After an undo: undoes what no handler of this process instance has undone, because an earlier run had done it, proves
 * that the version that applications read logs in, and decides what follows.
 */
@Component
public class VerifyPrevious {

    private final Workbench workbench;
    private final Versions versions;
    private final DiscardStaged undo;
    private final UndoProof proof;

    VerifyPrevious(Workbench workbench, Versions versions, DiscardStaged undo, UndoProof proof) {
        this.workbench = workbench;
        this.versions = versions;
        this.undo = undo;
        this.proof = proof;
    }

    /** Never ends in a permanent failure: what cannot be proven goes to a human. */
    public Recovery run(long operationId) {
        Work work = workbench.of(operationId);
        Policy policy = work.credential().policy();
        return new Recovery(decide(work, policy), policy.failure().laterAfter());
    }

    private Next decide(Work work, Policy policy) {
        Operation operation = work.operation();
        if (!proof.completed(work, undo::run) || !previousWorks(work)) {
            return Next.RESOLVE;
        }
        if (operation.rollback()) {
            return Next.ROLLED_BACK;
        }
        return operation.round() <= policy.failure().laterTimes() ? Next.RETRY_LATER : Next.RESOLVE;
    }

    private boolean previousWorks(Work work) {
        return versions.current(work.credential().name())
                .filter(current -> proof.works(work, current))
                .isPresent();
    }

    /**
     * What follows the undo.
     *
     * @param after the wait when {@code next} is {@code RETRY_LATER}
     */
    public record Recovery(Next next, Duration after) {}

    /** The ways on. */
    public enum Next {
        RETRY_LATER,
        RESOLVE,
        ROLLED_BACK
    }
}
