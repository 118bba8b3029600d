package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import org.springframework.stereotype.Component;

/** Ends an issuance. The name of a credential that was not issued is free again. */
@Component
public class CloseIssuance {

    private final Operations operations;
    private final Inventory inventory;
    private final CloseOperation close;

    CloseIssuance(Operations operations, Inventory inventory, CloseOperation close) {
        this.operations = operations;
        this.inventory = inventory;
        this.close = close;
    }

    /** In the caller's transaction. */
    public void run(long operationId, Outcome outcome) {
        CredentialName credential = operations.get(operationId).credential();
        close.end(operationId, outcome);
        if (outcome != Outcome.ISSUED) {
            inventory.shelve(credential, CredentialStatus.DECOMMISSIONED);
        }
    }
}
