package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.Versions;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes requests: first into the ledger, then, as far as something waits for it, to the process instance. */
@Component
class RotationDesk implements Rotations {

    private static final String PROCESS = "rotation";

    private final Catalog catalog;
    private final Operations operations;
    private final Versions versions;
    private final Consumers consumers;
    private final Dispatch dispatch;
    private final AuditTrail audit;
    private final Messages messages;
    private final Wake wake;
    private final TransactionTemplate transaction;

    RotationDesk(
            Catalog catalog,
            Operations operations,
            Versions versions,
            Consumers consumers,
            Dispatch dispatch,
            AuditTrail audit,
            Messages messages,
            Wake wake,
            PlatformTransactionManager transactions) {
        this.catalog = catalog;
        this.operations = operations;
        this.versions = versions;
        this.consumers = consumers;
        this.dispatch = dispatch;
        this.audit = audit;
        this.messages = messages;
        this.wake = wake;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Operation rotate(CredentialName credential, boolean emergency, String requestedBy, String reason) {
        if (catalog.credential(credential).isEmpty()) {
            throw new InvalidInput("credential", "no credential " + credential + " is configured");
        }
        if (emergency) {
            operations.active(credential).ifPresent(active -> supersede(active, requestedBy));
        }
        int priority = emergency ? Operation.EMERGENCY : Operation.REQUESTED;
        return inTransaction(() -> {
            Operation operation = operations
                    .request(new OperationRequest(credential, PROCESS, priority, requestedBy, reason))
                    .orElseThrow(() -> new Conflict("an operation of " + credential
                            + " is under way; wait for it, or ask for an emergency rotation"));
            record(requestedBy, "rotation.request", operation, Map.of("emergency", Boolean.toString(emergency)));
            wake.afterCommit();
            return operation;
        });
    }

    private void supersede(Operation active, String by) {
        inTransaction(() -> {
            record(by, "operation.supersede", active, Map.of());
            return operations.close(active.id(), Outcome.SUPERSEDED);
        });
        messages.compromised(active);
    }

    @Override
    public void rollBack(long id, String requestedBy) {
        Operation operation = known(id);
        boolean promoted = versions.candidate(id)
                .filter(candidate -> candidate.stage() == Stage.CURRENT)
                .isPresent();
        boolean previousLives =
                !versions.in(operation.credential(), Stage.PREVIOUS).isEmpty();
        if (!operation.status().active() || (promoted && !previousLives)) {
            throw new Conflict(operation.label() + " has no previous version to go back to any more");
        }
        inTransaction(() -> {
            record(requestedBy, "rotation.roll-back", operation, Map.of());
            return operations.requestRollback(id);
        });
        messages.rollBack(operation);
    }

    @Override
    public void acknowledge(String consumer, SecretRef ref) {
        if (versions.find(ref).isEmpty()) {
            throw new InvalidInput("version", "there is no version " + ref);
        }
        boolean known = inTransaction(() -> consumers.seen(consumer, ref));
        if (!known) {
            throw new InvalidInput("consumer", consumer + " is not a registered consumer of " + ref.credential());
        }
        if (consumers.laggards(ref).isEmpty()) {
            operations.active(ref.credential()).ifPresent(this::tellRefreshed);
        }
    }

    private void tellRefreshed(Operation operation) {
        boolean current = versions.candidate(operation.id())
                .filter(candidate -> candidate.stage() == Stage.CURRENT)
                .filter(candidate -> consumers.laggards(candidate.ref()).isEmpty())
                .isPresent();
        if (current) {
            messages.consumersRefreshed(operation);
        }
    }

    @Override
    public void resume(long id, String requestedBy) {
        Operation operation = known(id);
        inTransaction(() -> {
            if (!dispatch.requeue(id)) {
                throw new Conflict(operation.label() + " is not quarantined");
            }
            record(requestedBy, "operation.resume", operation, Map.of());
            wake.afterCommit();
            return operation;
        });
    }

    private Operation known(long id) {
        return operations.find(id).orElseThrow(() -> new InvalidInput("operation", "there is no operation op-" + id));
    }

    private void record(String actor, String action, Operation operation, Map<String, String> details) {
        audit.append(new AuditEvent(
                actor, action, AuditEvent.Phase.FACT, operation.credential().value(), operation.id(), details));
    }

    private <T> T inTransaction(Supplier<T> body) {
        T result = transaction.execute(status -> body.get());
        if (result == null) {
            throw new IllegalStateException("a transaction of the desk returns something");
        }
        return result;
    }
}
