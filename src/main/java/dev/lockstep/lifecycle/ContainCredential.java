package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Target;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Shuts a credential: its principals accept no secret any more, and none of its versions is ever restored. */
@Component
public class ContainCredential {

    private static final Set<Stage> ALIVE =
            Set.of(Stage.STAGED, Stage.CURRENT, Stage.PREVIOUS, Stage.RETIRED, Stage.DISCARDED);

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Inventory inventory;

    ContainCredential(Workbench workbench, FencedStep fenced, Versions versions, Inventory inventory) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.inventory = inventory;
    }

    /** Switches off every principal, proves that no stored version logs in, then marks versions and credential. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        List<Version> alive = versions.list(work.credential().name()).stream()
                .filter(version -> ALIVE.contains(version.stage()))
                .toList();
        int calls = work.credential().principals().size() + alive.size();
        Map<String, String> facts = Map.of(
                "target", work.credential().target(),
                "principals", String.join(",", work.credential().principals()));
        fenced.run(work, Step.CONTAIN, work.calls(calls), facts, attempt -> {
            work.credential().principals().forEach(principal -> switchOff(work, principal));
            alive.forEach(version -> proveDead(work, version));
            alive.forEach(version -> versions.move(version.ref(), version.stage(), Stage.REVOKED));
            return alive;
        });
        inventory.mark(work.credential().name(), CredentialStatus.CONTAINED);
        inventory.schedule(work.credential().name(), null);
    }

    private static void switchOff(Work work, String principal) {
        Account account = work.credential().account(principal);
        if (work.target() instanceof Target.Disables target) {
            target.disable(account);
        } else {
            work.target().retire(account);
        }
    }

    private static void proveDead(Work work, Version version) {
        Optional<SecretValue> stored = work.store().read(version.ref());
        if (stored.isEmpty()) {
            return;
        }
        try (SecretValue value = stored.get()) {
            if (work.target().verifyDead(work.account(version), value) != LoginResult.REFUSED) {
                throw new RetryableException(
                        FailureCode.STILL_ALIVE,
                        version.ref() + " still logs in as " + version.principal() + " after it was switched off");
            }
        }
    }
}
