package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Listens to consumers: first into the ledger, then, as far as something waits for it, to the process instance. */
@Component
class ConsumerDesk implements ConsumerReports {

    private final Operations operations;
    private final Versions versions;
    private final Consumers consumers;
    private final Dispatch dispatch;
    private final WayBack wayBack;
    private final AuditTrail audit;
    private final Messages messages;
    private final TransactionTemplate transaction;

    ConsumerDesk(
            Operations operations,
            Versions versions,
            Consumers consumers,
            Dispatch dispatch,
            WayBack wayBack,
            AuditTrail audit,
            Messages messages,
            PlatformTransactionManager transactions) {
        this.operations = operations;
        this.versions = versions;
        this.consumers = consumers;
        this.dispatch = dispatch;
        this.wayBack = wayBack;
        this.audit = audit;
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void acknowledge(String consumer, SecretRef ref) {
        registered(consumer, ref);
        transaction.executeWithoutResult(status -> consumers.seen(consumer, ref));
        moved(ref);
    }

    @Override
    public void moved(SecretRef ref) {
        if (consumers.laggards(ref).isEmpty()) {
            operations
                    .active(ref.credential())
                    .filter(active -> dispatch.refreshed(active.id()))
                    .ifPresent(messages::consumersRefreshed);
        }
    }

    @Override
    public boolean complain(String consumer, SecretRef ref, ConsumerProblem problem) {
        registered(consumer, ref);
        Optional<Operation> goesBack = operations
                .active(ref.credential())
                .filter(active -> versions.candidate(active.id())
                        .filter(candidate -> candidate.ref().equals(ref))
                        .isPresent())
                .filter(wayBack::open);
        transaction.executeWithoutResult(status -> {
            consumers.report(consumer, ref, problem);
            audit.append(new AuditEvent(
                    consumer,
                    "consumer.complaint",
                    AuditEvent.Phase.FACT,
                    ref.credential().value(),
                    goesBack.map(Operation::id).orElse(null),
                    Map.of("version", Integer.toString(ref.version()), "problem", problem.label())));
            goesBack.ifPresent(operation -> operations.requestRollback(operation.id()));
        });
        String what = consumer + " reports " + problem.label() + " with " + ref;
        goesBack.ifPresent(operation -> operations.noteFailure(operation.id(), FailureCode.CONSUMER_UNHEALTHY, what));
        goesBack.ifPresent(messages::rollBack);
        return goesBack.isPresent();
    }

    private void registered(String consumer, SecretRef ref) {
        if (versions.find(ref).isEmpty()) {
            throw new InvalidInput("version", "there is no version " + ref);
        }
        if (consumers.of(ref.credential()).stream()
                .noneMatch(known -> known.consumer().equals(consumer))) {
            throw new InvalidInput("consumer", consumer + " is not a registered consumer of " + ref.credential());
        }
    }
}
