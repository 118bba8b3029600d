package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings ledger and engine together again where one of them has lost something. */
@Component
class Converge {

    private static final int MOST = 2000;
    private static final Duration RECENT = Duration.ofDays(1);
    private static final Logger log = LoggerFactory.getLogger(Converge.class);

    private final Operations operations;
    private final Dispatch dispatch;
    private final RuntimeService runtime;
    private final Messages messages;
    private final AuditTrail audit;
    private final Wake wake;
    private final Clock clock;

    Converge(
            Operations operations,
            Dispatch dispatch,
            RuntimeService runtime,
            Messages messages,
            AuditTrail audit,
            Wake wake,
            Clock clock) {
        this.operations = operations;
        this.dispatch = dispatch;
        this.runtime = runtime;
        this.messages = messages;
        this.audit = audit;
        this.wake = wake;
        this.clock = clock;
    }

    /** In the caller's transaction. */
    void run() {
        List<Operation> running = operations.active(MOST).stream()
                .filter(operation -> operation.status() == OperationStatus.RUNNING)
                .toList();
        List<Operation> superseded = dispatch.superseded(clock.instant().minus(RECENT), MOST);
        Set<String> alive = alive(running, superseded);
        running.stream().filter(operation -> !lives(operation, alive)).forEach(this::requeue);
        running.stream()
                .filter(operation -> operation.rollback() && lives(operation, alive))
                .forEach(messages::rollBack);
        superseded.stream().filter(operation -> lives(operation, alive)).forEach(messages::compromised);
    }

    private Set<String> alive(List<Operation> running, List<Operation> superseded) {
        Set<String> known = Stream.of(running, superseded)
                .flatMap(List::stream)
                .map(Operation::processInstance)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return known.isEmpty()
                ? Set.of()
                : runtime.createProcessInstanceQuery().processInstanceIds(known).list().stream()
                        .map(ProcessInstance::getId)
                        .collect(Collectors.toSet());
    }

    private static boolean lives(Operation operation, Set<String> alive) {
        return operation.processInstance() != null && alive.contains(operation.processInstance());
    }

    /** The steps find at store and target what is already true, as after any other lost run. */
    private void requeue(Operation operation) {
        if (operation.processInstance() != null && dispatch.recover(operation.id(), operation.processInstance())) {
            log.warn(
                    "{} of {} has lost its process instance and begins again",
                    operation.label(),
                    operation.credential());
            audit.append(new AuditEvent(
                    "reconcile",
                    "operation.requeue",
                    AuditEvent.Phase.FACT,
                    operation.credential().value(),
                    operation.id(),
                    Map.of()));
            wake.afterCommit(Wake.Work.OPERATION);
        }
    }
}
