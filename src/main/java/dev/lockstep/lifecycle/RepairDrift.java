package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Operations;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts a credential right that is not as it should be, by a rotation. */
@Component
public class RepairDrift {

    private static final String ROTATION = "rotation";
    /** Who asks for such rotations. */
    static final String WHO = "reconcile";

    private final Operations operations;
    private final Checks checks;
    private final AuditTrail audit;

    RepairDrift(Operations operations, Checks checks, AuditTrail audit) {
        this.operations = operations;
        this.checks = checks;
        this.audit = audit;
    }

    /** Empty when an operation is under way: it puts the credential right, or fails visibly. */
    public Optional<Operation> run(CredentialName name) {
        String reason = "drift"
                + checks.finding(name)
                        .map(Finding::detail)
                        .map(text -> ": " + text)
                        .orElse("");
        Optional<Operation> operation =
                operations.request(new OperationRequest(name, ROTATION, Operation.REQUESTED, WHO, reason));
        operation.ifPresent(begun -> audit.append(new AuditEvent(
                WHO, "rotation.request", AuditEvent.Phase.FACT, name.value(), begun.id(), Map.of("reason", "drift"))));
        return operation;
    }
}
