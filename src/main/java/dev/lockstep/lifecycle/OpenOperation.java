package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Operations;
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

    /** Reads the operation and what the configuration says of its credential; changes nothing. */
    public Opened run(long operationId) {
        Operation operation = operations.get(operationId);
        return new Opened(operation, workbench.credential(operation.credential()));
    }

    /** What the process needs to know; who has to approve, a decision table says. */
    public record Opened(Operation operation, Credential credential) {}
}
