package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.lifecycle.RequestIssuance;
import dev.lockstep.lifecycle.SelectCredentials;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Operations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes requests about beginning and end of a life: first into the ledger, then to the process instance that waits. */
@Component
class LifeDesk implements Lifecycles {

    /** Id of the process. */
    static final String DECOMMISSION = "decommission";
    /** Id of the process. */
    static final String ISSUANCE = "issuance";

    private final RequestIssuance issuance;
    private final SelectCredentials selection;
    private final Recall recall;
    private final Catalog catalog;
    private final Operations operations;
    private final Batches batches;
    private final AuditTrail audit;
    private final Wake wake;
    private final TransactionTemplate transaction;

    LifeDesk(
            RequestIssuance issuance,
            SelectCredentials selection,
            Recall recall,
            Catalog catalog,
            Operations operations,
            Batches batches,
            AuditTrail audit,
            Wake wake,
            PlatformTransactionManager transactions) {
        this.issuance = issuance;
        this.selection = selection;
        this.recall = recall;
        this.catalog = catalog;
        this.operations = operations;
        this.batches = batches;
        this.audit = audit;
        this.wake = wake;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Operation issue(Definition definition, String requestedBy, String reason) {
        return inTransaction(() -> {
            Operation operation = issuance.run(definition, requestedBy, reason);
            wake.afterCommit(Wake.Work.OPERATION);
            return operation;
        });
    }

    @Override
    public Operation decommission(CredentialName credential, String requestedBy, String reason) {
        if (catalog.credential(credential).isEmpty()) {
            throw new InvalidInput("credential", "there is no credential " + credential);
        }
        List<String> users = catalog.usersOf(credential);
        if (!users.isEmpty()) {
            throw new Conflict("Lockstep itself logs in with " + credential + ": " + String.join(", ", users)
                    + "; give them another login first");
        }
        return inTransaction(() -> queued(credential, requestedBy, reason)
                .orElseThrow(() -> new Conflict("an operation of " + credential + " is under way; wait for it")));
    }

    private Optional<Operation> queued(CredentialName credential, String requestedBy, String reason) {
        Optional<Operation> operation = operations.request(
                new OperationRequest(credential, DECOMMISSION, Operation.REQUESTED, requestedBy, reason));
        operation.ifPresent(queued -> record(requestedBy, "decommission.request", queued));
        wake.afterCommit(Wake.Work.OPERATION);
        return operation;
    }

    @Override
    public List<Selected> selected(Selection wanted) {
        return selection.run(wanted);
    }

    @Override
    public long decommission(Selection wanted, String requestedBy, String reason) {
        List<CredentialName> free = selection.run(wanted).stream()
                .filter(each -> each.objection().isEmpty())
                .map(Selected::credential)
                .toList();
        if (free.isEmpty()) {
            throw new Conflict("the selection stands for no credential that can be decommissioned now");
        }
        return inTransaction(() -> {
            long batch = batches.open(words(wanted), requestedBy, reason);
            free.forEach(credential ->
                    queued(credential, requestedBy, reason).ifPresent(operation -> batches.add(batch, operation.id())));
            return batch;
        });
    }

    private static String words(Selection wanted) {
        String environment =
                wanted.environment().map(name -> "environment " + name).orElse("");
        String labels = wanted.labels().isEmpty() ? "" : "labels " + wanted.labels();
        return (environment + " " + labels).strip();
    }

    @Override
    public void cancel(long operation, String requestedBy) {
        recall.cancel(operation, requestedBy);
    }

    @Override
    public boolean readAttempted(CredentialName credential, String consumer) {
        return recall.readAttempted(credential, consumer);
    }

    private void record(String actor, String action, Operation operation) {
        audit.append(new AuditEvent(
                actor, action, AuditEvent.Phase.FACT, operation.credential().value(), operation.id(), Map.of()));
    }

    private <T> T inTransaction(Supplier<T> body) {
        return Objects.requireNonNull(transaction.execute(status -> body.get()));
    }
}
