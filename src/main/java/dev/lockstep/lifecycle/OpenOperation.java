package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Operations;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks up what the policy wants of this operation before anything is touched. */
@Component
public class OpenOperation {

    private final Operations operations;
    private final Workbench workbench;

    OpenOperation(Operations operations, Workbench workbench) {
        this.operations = operations;
        this.workbench = workbench;
    }

    /** Reads operation and policy; changes nothing. An emergency waits for nobody's approval. */
    public Opened run(long operationId) {
        Operation operation = operations.get(operationId);
        Credential credential = workbench.credential(operation.credential());
        Optional<Policy.Approval> approval = operation.priority() >= Operation.EMERGENCY
                ? Optional.empty()
                : credential.policy().approval();
        return new Opened(
                operation,
                credential,
                approval.isPresent(),
                approval.map(Policy.Approval::group).orElse(""),
                approval.map(Policy.Approval::deadline).orElse(Duration.ZERO));
    }

    /**
     * What the process needs to know.
     *
     * @param approverGroup empty when nobody has to approve
     * @param approvalDeadline zero when nobody has to approve
     */
    public record Opened(
            Operation operation,
            Credential credential,
            boolean approvalNeeded,
            String approverGroup,
            Duration approvalDeadline) {}
}
