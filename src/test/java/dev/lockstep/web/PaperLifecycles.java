package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.lifecycle.RequestIssuance;
import dev.lockstep.lifecycle.SelectCredentials;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Operations;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;

/** Takes requests as far as the ledger; there is no engine behind it. */
@TestComponent
@Import({RequestIssuance.class, SelectCredentials.class})
class PaperLifecycles implements Lifecycles {

    private final RequestIssuance issuance;
    private final SelectCredentials selection;
    private final Operations operations;
    private final Batches batches;

    PaperLifecycles(RequestIssuance issuance, SelectCredentials selection, Operations operations, Batches batches) {
        this.issuance = issuance;
        this.selection = selection;
        this.operations = operations;
        this.batches = batches;
    }

    @Override
    public Operation issue(Definition definition, String requestedBy, String reason) {
        return issuance.run(definition, requestedBy, reason);
    }

    @Override
    public Operation decommission(CredentialName credential, String requestedBy, String reason) {
        return operations
                .request(new OperationRequest(credential, "decommission", Operation.REQUESTED, requestedBy, reason))
                .orElseThrow(() -> new Conflict("an operation of " + credential + " is under way; wait for it"));
    }

    @Override
    public List<Selected> selected(Selection wanted) {
        return selection.run(wanted);
    }

    @Override
    public long decommission(Selection wanted, String requestedBy, String reason) {
        long batch = batches.open("a test", requestedBy, reason);
        for (Selected selected : selection.run(wanted)) {
            if (selected.objection().isEmpty()) {
                batches.add(
                        batch,
                        decommission(selected.credential(), requestedBy, reason).id());
            }
        }
        return batch;
    }

    @Override
    public void cancel(long operation, String requestedBy) {
        if (!operations.requestRollback(operation)) {
            throw new Conflict("op-" + operation + " has ended");
        }
    }

    @Override
    public boolean readAttempted(CredentialName credential, String consumer) {
        return false;
    }
}
