package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Target;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Undoes {@link DisablePrincipals}: what was in use logs in again. A contained credential stays contained. */
@Component
public class EnablePrincipals {

    private static final Set<Stage> IN_USE = Set.of(Stage.CURRENT, Stage.PREVIOUS);

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Inventory inventory;
    private final UndoneSteps undone;

    EnablePrincipals(
            Workbench workbench, FencedStep fenced, Versions versions, Inventory inventory, UndoneSteps undone) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.inventory = inventory;
        this.undone = undone;
    }

    /** Does nothing when the accounts were never switched off, or when it was undone in this round. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        if (!undone.begun(work.operation(), Step.DISABLE) || undone.by(work.operation(), Step.ENABLE)) {
            return;
        }
        List<Version> known = versions.list(work.credential().name());
        List<Version> inUse = known.stream()
                .filter(version -> IN_USE.contains(version.stage()))
                .toList();
        boolean contained = inUse.isEmpty() && known.stream().anyMatch(version -> version.stage() == Stage.REVOKED);
        if (!contained) {
            enable(work, inUse);
        }
        inventory.mark(work.credential().name(), contained ? CredentialStatus.CONTAINED : CredentialStatus.ACTIVE);
    }

    private void enable(Work work, List<Version> inUse) {
        int calls = Math.max(inUse.size(), work.credential().principals().size());
        fenced.run(work, Step.ENABLE, work.calls(calls), Principals.facts(work), attempt -> {
            if (inUse.isEmpty()) {
                Principals.lastFirst(work).forEach(account -> switchOn(work, account));
            } else {
                inUse.forEach(version -> revive(work, version));
            }
            return inUse;
        });
    }

    /** Lockstep knows no secret of it, so there is nothing to restore. */
    private static void switchOn(Work work, Account account) {
        if (work.target() instanceof Target.Disables target) {
            target.enable(account);
        }
    }

    private void revive(Work work, Version version) {
        if (work.target() instanceof Target.Disables target) {
            target.enable(work.account(version));
            return;
        }
        try (SecretValue value = workbench.value(work, version.ref())) {
            work.target().restore(work.account(version), value);
        }
    }
}
