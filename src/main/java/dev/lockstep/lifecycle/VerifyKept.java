package dev.lockstep.lifecycle;

import dev.lockstep.port.Versions;
import org.springframework.stereotype.Component;

/**
 * After a decommission was called off: switches on what no handler of this process instance has switched on, because an
 * earlier run had switched it off, and proves that the version that applications read logs in.
 */
@Component
public class VerifyKept {

    private final Workbench workbench;
    private final Versions versions;
    private final EnablePrincipals undo;
    private final UndoProof proof;

    VerifyKept(Workbench workbench, Versions versions, EnablePrincipals undo, UndoProof proof) {
        this.workbench = workbench;
        this.versions = versions;
        this.undo = undo;
        this.proof = proof;
    }

    /**
     * Returns whether the credential is as it was before. Never ends in a permanent failure: what cannot be proven goes
     * to a human.
     */
    public boolean run(long operationId) {
        Work work = workbench.of(operationId);
        return proof.completed(work, undo::run) && currentWorks(work);
    }

    /** There is nothing to prove when no version is in use, as for a contained credential. */
    private boolean currentWorks(Work work) {
        return versions.current(work.credential().name())
                .map(current -> proof.works(work, current))
                .orElse(true);
    }
}
