package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Meets the leak of a credential that is disabled on its way to decommission. Its accounts are switched off already, so
 * the decommission goes on; but whoever calls it off does not get the leaked secret back.
 */
@Component
public class RevokeDisabled {

    private final Workbench workbench;
    private final Mirrors mirrors;
    private final Versions versions;
    private final Inventory inventory;
    private final Incidents incidents;
    private final Clock clock;

    RevokeDisabled(
            Workbench workbench,
            Mirrors mirrors,
            Versions versions,
            Inventory inventory,
            Incidents incidents,
            Clock clock) {
        this.workbench = workbench;
        this.mirrors = mirrors;
        this.versions = versions;
        this.inventory = inventory;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** Whether the operation has disabled its credential and nobody has called it off, which needs more than this. */
    boolean isFor(Operation operation) {
        return !operation.rollback()
                && inventory
                        .find(operation.credential())
                        .filter(entry -> entry.status() == CredentialStatus.DISABLED)
                        .isPresent();
    }

    /**
     * In the caller's transaction, for an incident that the operation is assigned to. What the target does not prove at
     * once stays unproven until the operation has removed the account, and people are told so.
     */
    void run(Operation operation) {
        Work work = workbench.of(operation.id());
        List<Version> held = versions.unerased(operation.credential());
        held.stream()
                .filter(version -> version.stage() != Stage.REVOKED)
                .forEach(version -> versions.move(version.ref(), version.stage(), Stage.REVOKED));
        mirrors.withdraw(work);
        incidents.contained(operation.id(), clock.instant());
        if (held.stream().allMatch(version -> isDead(work, version))) {
            incidents.provenDead(operation.id(), clock.instant());
        }
    }

    private static boolean isDead(Work work, Version version) {
        try {
            Optional<SecretValue> stored = work.store().read(version.ref());
            if (stored.isEmpty()) {
                return true;
            }
            try (SecretValue value = stored.get()) {
                return work.target().verifyDead(work.account(version), value) == LoginResult.REFUSED;
            }
        } catch (LockstepException unknown) {
            return false;
        }
    }
}
