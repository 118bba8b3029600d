package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;

/** Sees to it that an operation that did without its approval is reviewed afterwards. */
@Component
class BreakGlass {

    private static final String REVIEW = "break-glass-review";

    private final ApprovalTable table;
    private final RuntimeService runtime;
    private final AuditTrail audit;
    private final Clock clock;

    BreakGlass(ApprovalTable table, RuntimeService runtime, AuditTrail audit, Clock clock) {
        this.table = table;
        this.runtime = runtime;
        this.audit = audit;
        this.clock = clock;
    }

    /** Opens the review in the caller's transaction, which also queues the operation. */
    void reviewLater(Operation operation, Credential credential) {
        ApprovalTable.Answer answer = table.ask(operation, credential);
        if (answer.when() != ApprovalTable.When.AFTERWARDS) {
            return;
        }
        runtime.createProcessInstanceByKey(REVIEW)
                .businessKey(operation.credential().value())
                .setVariables(Map.of(
                        ModelVariables.OPERATION,
                        operation.id(),
                        "credential",
                        operation.credential().value(),
                        "operationLabel",
                        operation.label(),
                        "requestedBy",
                        operation.requestedBy(),
                        "reason",
                        operation.reason(),
                        "approverGroup",
                        Groups.of(answer.group(), credential.name()),
                        "reviewDue",
                        Date.from(clock.instant().plus(answer.within()))))
                .execute();
    }

    /** Writes down what the reviewer said. */
    void reviewed(Operation operation, String reviewer, String verdict) {
        audit.append(new AuditEvent(
                reviewer,
                "break-glass.review",
                AuditEvent.Phase.FACT,
                operation.credential().value(),
                operation.id(),
                Map.of("verdict", verdict, "requestedBy", operation.requestedBy())));
    }
}
