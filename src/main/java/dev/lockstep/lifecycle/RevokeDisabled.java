package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Meets the leak of a credential that is disabled on its way to decommission. Its accounts are switched off already, so
 * the decommission goes on; but whoever calls it off does not get the leaked secret back.
 */
@Component
public class RevokeDisabled {

    private static final Logger log = LoggerFactory.getLogger(RevokeDisabled.class);

    private final Workbench workbench;
    private final Mirrors mirrors;
    private final Liveness liveness;
    private final Versions versions;
    private final Inventory inventory;
    private final Incidents incidents;
    private final Clock clock;

    RevokeDisabled(
            Workbench workbench,
            Mirrors mirrors,
            Liveness liveness,
            Versions versions,
            Inventory inventory,
            Incidents incidents,
            Clock clock) {
        this.workbench = workbench;
        this.mirrors = mirrors;
        this.liveness = liveness;
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
     * In the caller's transaction, for an incident that the operation is assigned to. What a store or the target does
     * not do at once stays unproven until the operation has removed the account, and people are told so.
     */
    void run(Operation operation) {
        Work work = workbench.of(operation.id());
        List<Version> held = versions.unerased(operation.credential());
        held.stream()
                .filter(version -> version.stage() != Stage.REVOKED)
                .forEach(version -> versions.move(version.ref(), version.stage(), Stage.REVOKED));
        if (!withdrawn(work)) {
            return;
        }
        incidents.contained(operation.id(), clock.instant());
        if (held.stream().allMatch(version -> liveness.refused(work.credential(), version))) {
            incidents.provenDead(operation.id(), clock.instant());
        }
    }

    /** A store that is down must not keep the rest of an incident from being contained. */
    private boolean withdrawn(Work work) {
        try {
            mirrors.withdraw(work);
            return true;
        } catch (LockstepException unreachable) {
            log.warn(
                    "{} is disabled, but readers of a store may still see it: {}",
                    work.credential().name(),
                    unreachable.getMessage());
            return false;
        }
    }
}
