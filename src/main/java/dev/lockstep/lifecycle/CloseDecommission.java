package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ends a decommission, and with it the record of the credential, unless somebody wants to keep it. */
@Component
public class CloseDecommission {

    private final Operations operations;
    private final Inventory inventory;
    private final CloseOperation close;
    private final Clock clock;

    CloseDecommission(Operations operations, Inventory inventory, CloseOperation close, Clock clock) {
        this.operations = operations;
        this.inventory = inventory;
        this.close = close;
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public void run(long operationId, Outcome outcome) {
        CredentialName credential = operations.get(operationId).credential();
        close.end(operationId, outcome);
        if (outcome == Outcome.DECOMMISSIONED) {
            inventory.shelve(credential, CredentialStatus.DECOMMISSIONED);
        } else if (outcome != Outcome.APPROVAL_EXPIRED && expired(credential)) {
            inventory.expire(credential, null);
        }
    }

    /** What somebody kept would be asked about again at once; what nobody answered has to be. */
    private boolean expired(CredentialName credential) {
        Optional<Instant> end = inventory.find(credential).map(InventoryEntry::expiresAt);
        return end.filter(moment -> !moment.isAfter(clock.instant())).isPresent();
    }
}
