package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.process.DeployedVersions.Deployed;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.springframework.stereotype.Component;

/** Starts process instances by definition id, in the caller's transaction and thread. */
@Component
class Instances {

    /** Names the activity at which an operation that cannot run from its start begins: it undoes, then asks a human. */
    private static final String RECOVERY = "lockstep.recovery";

    private static final String EMERGENCY = "emergency-revocation";

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final DeployedVersions deployed;

    Instances(RuntimeService runtime, RepositoryService repository, DeployedVersions deployed) {
        this.runtime = runtime;
        this.repository = repository;
        this.deployed = deployed;
    }

    /** Runs up to the first wait state and returns the id of the instance. */
    String start(Operation operation, RunVersion version) {
        return run(operation, builder(operation, version));
    }

    /** Begins to deal with an incident; runs up to the first wait state and returns the id of the instance. */
    String start(Incident incident) {
        return builder(incident, newest()).execute().getId();
    }

    /** Starts where the model asks a human about an incident that it could not judge by itself. */
    String startAtRecovery(Incident incident) {
        Deployed version = newest();
        return builder(incident, version)
                .startBeforeActivity(recovery(version.definition(), EMERGENCY))
                .execute()
                .getId();
    }

    /** Starts where the model undoes what lost runs left behind and then asks a human. */
    String startAtRecovery(Operation operation, RunVersion version) {
        return run(
                operation,
                builder(operation, version).startBeforeActivity(recovery(version.definition(), version.process())));
    }

    private static String run(Operation operation, ProcessInstantiationBuilder builder) {
        return CurrentRun.of(operation, () -> builder.execute().getId());
    }

    private ProcessInstantiationBuilder builder(Operation operation, RunVersion version) {
        return runtime.createProcessInstanceById(version.definition())
                .businessKey(operation.credential().value())
                .setVariable(ModelVariables.OPERATION, operation.id());
    }

    private ProcessInstantiationBuilder builder(Incident incident, Deployed version) {
        return runtime.createProcessInstanceById(version.definition())
                .businessKey(incident.label())
                .setVariable(ModelVariables.INCIDENT, incident.id());
    }

    /** No version of it is ever given to a share only. */
    private Deployed newest() {
        return deployed.of(EMERGENCY).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process " + EMERGENCY + " is deployed; deploy it"));
    }

    private String recovery(String definition, String process) {
        Process model = repository.getBpmnModelInstance(definition).getModelElementById(process);
        String recovery = ModelProperties.of(model, RECOVERY);
        if (recovery.isEmpty()) {
            throw new IllegalStateException("process " + process + " has no property " + RECOVERY);
        }
        return recovery;
    }
}
