package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.lifecycle.ContainAll;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes requests: first into the ledger, then, as far as something waits for it, to the process instance. */
@Component
class RotationDesk implements Rotations {

    /** Id of the process. */
    static final String PROCESS = "rotation";

    /** Their undo is not that of a rotation. */
    private static final Set<String> OF_A_LIFE = Set.of(LifeDesk.ISSUANCE, LifeDesk.DECOMMISSION);

    private final Catalog catalog;
    private final AdoptCredentials adopt;
    private final Operations operations;
    private final WayBack wayBack;
    private final Dispatch dispatch;
    private final BreakGlass breakGlass;
    private final AuditTrail audit;
    private final Messages messages;
    private final Wake wake;
    private final TransactionTemplate transaction;

    RotationDesk(
            Catalog catalog,
            AdoptCredentials adopt,
            Operations operations,
            WayBack wayBack,
            Dispatch dispatch,
            BreakGlass breakGlass,
            AuditTrail audit,
            Messages messages,
            Wake wake,
            PlatformTransactionManager transactions) {
        this.catalog = catalog;
        this.adopt = adopt;
        this.operations = operations;
        this.wayBack = wayBack;
        this.dispatch = dispatch;
        this.breakGlass = breakGlass;
        this.audit = audit;
        this.messages = messages;
        this.wake = wake;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Operation rotate(CredentialName credential, boolean emergency, String requestedBy, String reason) {
        configured(credential);
        if (emergency) {
            operations.active(credential).ifPresent(active -> takeOver(active, requestedBy));
        }
        int priority = emergency ? Operation.EMERGENCY : Operation.REQUESTED;
        return inTransaction(() -> {
            Operation operation = queue(credential, priority, requestedBy, reason);
            record(requestedBy, "rotation.request", operation, Map.of("emergency", Boolean.toString(emergency)));
            return operation;
        });
    }

    private void takeOver(Operation active, String by) {
        if (OF_A_LIFE.contains(active.process())) {
            throw new Conflict(active.label() + " is the " + active.process() + " of " + active.credential()
                    + ", from which a rotation cannot take over; cancel it first");
        }
        supersede(active, by);
    }

    @Override
    public Operation breakGlass(CredentialName name, String requestedBy, String reason) {
        Credential credential = configured(name);
        return inTransaction(() -> {
            Operation operation = queue(name, Operation.BREAK_GLASS, requestedBy, reason);
            record(requestedBy, "rotation.break-glass", operation, Map.of());
            breakGlass.reviewLater(operation, credential);
            return operation;
        });
    }

    /** What was configured this moment may not be in the inventory yet. */
    private Credential configured(CredentialName name) {
        Credential credential = catalog.credential(name)
                .orElseThrow(() -> new InvalidInput("credential", "no credential " + name + " is configured"));
        adopt.now(name);
        return credential;
    }

    private Operation queue(CredentialName credential, int priority, String requestedBy, String reason) {
        OperationRequest request = new OperationRequest(credential, PROCESS, priority, requestedBy, reason);
        Operation operation = operations
                .request(request)
                .or(() -> takeUp(request))
                .orElseThrow(() -> new Conflict("an operation of " + credential
                        + " is under way; wait for it, or ask for an emergency rotation"));
        wake.afterCommit(Wake.Work.OPERATION);
        return operation;
    }

    /** One that is due but waits, for example for its window, becomes the operation of who wants it now. */
    private Optional<Operation> takeUp(OperationRequest request) {
        return operations
                .active(request.credential())
                .filter(active -> operations.takeUp(active.id(), request))
                .flatMap(active -> operations.find(active.id()));
    }

    private void supersede(Operation active, String by) {
        if (active.process().equals(ContainAll.PROCESS)) {
            throw new Conflict(active.label() + " is revoking " + active.credential()
                    + " because of a leak and replaces it by itself; nothing may take over from that");
        }
        inTransaction(() -> {
            record(by, "operation.supersede", active, Map.of());
            return operations.close(active.id(), Outcome.SUPERSEDED);
        });
        messages.compromised(active);
    }

    @Override
    public void rollBack(long id, String requestedBy) {
        Operation operation = known(id);
        if (OF_A_LIFE.contains(operation.process())) {
            throw new Conflict(operation.label() + " is no rotation; cancel it instead");
        }
        if (!wayBack.open(operation)) {
            throw new Conflict(operation.label() + " has no previous version to go back to any more");
        }
        inTransaction(() -> {
            if (!operations.requestRollback(id)) {
                throw new Conflict(operation.label() + " has ended");
            }
            record(requestedBy, "rotation.roll-back", operation, Map.of());
            return operation;
        });
        messages.rollBack(operation);
    }

    @Override
    public void resume(long id, String requestedBy) {
        Operation operation = known(id);
        inTransaction(() -> {
            if (!dispatch.requeue(id)) {
                throw new Conflict(operation.label() + " is not quarantined");
            }
            record(requestedBy, "operation.resume", operation, Map.of());
            wake.afterCommit(Wake.Work.OPERATION);
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
