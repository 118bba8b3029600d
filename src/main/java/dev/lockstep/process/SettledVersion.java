package dev.lockstep.process;

import dev.lockstep.port.Operations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Lets models say {@code ${settled.version(execution, 'rotation')}} where they call a process that is rolled out. */
@Component("settled")
public class SettledVersion implements ModelBean {

    private final VersionChoice versions;
    private final Operations operations;

    SettledVersion(VersionChoice versions, Operations operations) {
        this.versions = versions;
        this.operations = operations;
    }

    /** The engine's number of the version that is not being tried out, or that the policy of the credential pins. */
    public int version(DelegateExecution execution, String process) {
        return versions.called(operations.get(ModelVariables.operation(execution)), process)
                .number();
    }
}
