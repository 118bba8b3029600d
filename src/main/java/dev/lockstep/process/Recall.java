package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Quarantine;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Stops an issuance or a decommission that is under way, when somebody wants it or still reads the credential. */
@Component
class Recall {

    private final Operations operations;
    private final Attempts attempts;
    private final Inventory inventory;
    private final Quarantine quarantine;
    private final AuditTrail audit;
    private final Messages messages;
    private final TransactionTemplate transaction;

    Recall(
            Operations operations,
            Attempts attempts,
            Inventory inventory,
            Quarantine quarantine,
            AuditTrail audit,
            Messages messages,
            PlatformTransactionManager transactions) {
        this.operations = operations;
        this.attempts = attempts;
        this.inventory = inventory;
        this.quarantine = quarantine;
        this.audit = audit;
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** As {@link dev.lockstep.port.Lifecycles#cancel}. */
    void cancel(long id, String requestedBy) {
        Operation operation =
                operations.find(id).orElseThrow(() -> new InvalidInput("operation", "there is no operation op-" + id));
        switch (operation.process()) {
            case LifeDesk.DECOMMISSION -> cancelDecommission(operation, requestedBy);
            case LifeDesk.ISSUANCE -> cancelIssuance(operation, requestedBy);
            default ->
                throw new Conflict(operation.label() + " is a " + operation.process() + "; roll it back instead");
        }
    }

    /** Where nothing waits at this moment, the process finds the note before it goes on. */
    private void cancelDecommission(Operation operation, String by) {
        boolean removing = attempts.list(operation.id()).stream()
                .anyMatch(entry -> entry.attempt().step() == Step.REMOVE);
        if (removing) {
            throw new Conflict(operation.label() + " is removing the account already");
        }
        note(operation, by);
        messages.rollBack(operation);
    }

    /** One that has not begun finds the note; one that has can only be stopped while it waits for approval. */
    private void cancelIssuance(Operation operation, String by) {
        if (operation.status() != OperationStatus.RUNNING) {
            note(operation, by);
        } else if (messages.rollBack(operation)) {
            transaction.executeWithoutResult(status -> record(operation, by));
        } else {
            throw new Conflict(
                    operation.label() + " waits for no approval any more; decommission the credential instead");
        }
    }

    private void note(Operation operation, String by) {
        transaction.executeWithoutResult(status -> {
            if (!operations.requestRollback(operation.id())) {
                throw new Conflict(operation.label() + " has ended");
            }
            record(operation, by);
        });
    }

    private void record(Operation operation, String by) {
        audit.append(new AuditEvent(
                by,
                "operation.cancel",
                AuditEvent.Phase.FACT,
                operation.credential().value(),
                operation.id(),
                Map.of()));
    }

    /** As {@link dev.lockstep.port.Lifecycles#readAttempted}. */
    boolean readAttempted(CredentialName credential, String consumer) {
        Optional<Operation> leaving = operations
                .active(credential)
                .filter(operation -> operation.process().equals(LifeDesk.DECOMMISSION))
                .filter(operation -> disabled(credential));
        leaving.filter(operation -> quarantine.readAttempted(operation.id(), consumer))
                .ifPresent(messages::readAttempted);
        return leaving.isPresent();
    }

    private boolean disabled(CredentialName credential) {
        return inventory
                .find(credential)
                .filter(entry -> entry.status() == CredentialStatus.DISABLED)
                .isPresent();
    }
}
