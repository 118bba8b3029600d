package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Target;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Switches off every principal of a credential and ends its sessions. From then on none of its versions is ever
 * restored; only a new one can take their place.
 */
@Component
public class RevokeAtTarget {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Inventory inventory;
    private final Incidents incidents;
    private final Clock clock;

    RevokeAtTarget(
            Workbench workbench,
            FencedStep fenced,
            Versions versions,
            Inventory inventory,
            Incidents incidents,
            Clock clock) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.inventory = inventory;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** May be repeated at any time before the replacement; a late change of an older operation is met by that. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        List<String> principals = work.credential().principals();
        String next = work.credential().principalAfter(Optional.empty());
        Map<String, String> facts =
                Map.of("target", work.credential().target(), "principals", String.join(",", principals));
        fenced.run(work, Step.CONTAIN, work.calls(2 * principals.size()), facts, attempt -> {
            principals.forEach(principal -> switchOff(work, principal, principal.equals(next)));
            return principals;
        });
        for (Version version : versions.unerased(work.credential().name())) {
            if (version.stage() != Stage.REVOKED) {
                versions.move(version.ref(), version.stage(), Stage.REVOKED);
            }
        }
        inventory.shelve(work.credential().name(), CredentialStatus.CONTAINED);
        incidents.contained(operationId, clock.instant());
    }

    /** A principal that gets no new secret soon must not keep the leaked one, or switching it on would revive it. */
    private static void switchOff(Work work, String principal, boolean getsNewSecret) {
        Account account = work.credential().account(principal);
        boolean disables = work.target() instanceof Target.Disables;
        if (work.target() instanceof Target.Disables target) {
            target.disable(account);
        }
        if (!disables || !getsNewSecret) {
            work.target().retire(account);
        }
    }
}
