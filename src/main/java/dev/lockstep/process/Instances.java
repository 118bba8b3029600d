package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.springframework.stereotype.Component;

/** Starts process instances of the newest version by definition id, in the caller's transaction and thread. */
@Component
class Instances {

    /** Names the activity at which an operation that cannot run from its start begins: it undoes, then asks a human. */
    private static final String RECOVERY = "lockstep.recovery";

    private static final String EMERGENCY = "emergency-revocation";
    private static final Duration REMEMBER = Duration.ofSeconds(5);

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final Clock clock;
    private final Map<String, Known> newest = new ConcurrentHashMap<>();

    Instances(RuntimeService runtime, RepositoryService repository, Clock clock) {
        this.runtime = runtime;
        this.repository = repository;
        this.clock = clock;
    }

    /** Runs up to the first wait state and returns the id of the instance. */
    String start(Operation operation) {
        return run(operation, builder(operation));
    }

    /** Begins to deal with an incident; runs up to the first wait state and returns the id of the instance. */
    String start(Incident incident) {
        return builder(incident).execute().getId();
    }

    /** Starts where the model asks a human about an incident that it could not judge by itself. */
    String startAtRecovery(Incident incident) {
        return builder(incident)
                .startBeforeActivity(recovery(EMERGENCY))
                .execute()
                .getId();
    }

    /** Starts where the model undoes what lost runs left behind and then asks a human. */
    String startAtRecovery(Operation operation) {
        String recovery = recovery(operation.process());
        return run(operation, builder(operation).startBeforeActivity(recovery));
    }

    private static String run(Operation operation, ProcessInstantiationBuilder builder) {
        return CurrentRun.of(operation, () -> builder.execute().getId());
    }

    private ProcessInstantiationBuilder builder(Operation operation) {
        return runtime.createProcessInstanceById(definition(operation.process()))
                .businessKey(operation.credential().value())
                .setVariable(ModelVariables.OPERATION, operation.id());
    }

    private ProcessInstantiationBuilder builder(Incident incident) {
        return runtime.createProcessInstanceById(definition(EMERGENCY))
                .businessKey(incident.label())
                .setVariable(ModelVariables.INCIDENT, incident.id());
    }

    private String recovery(String key) {
        Process model = repository.getBpmnModelInstance(definition(key)).getModelElementById(key);
        String recovery = ModelProperties.of(model, RECOVERY);
        if (recovery.isEmpty()) {
            throw new IllegalStateException("process " + key + " has no property " + RECOVERY);
        }
        return recovery;
    }

    private String definition(String key) {
        Instant now = clock.instant();
        Known known = newest.get(key);
        if (known == null || Duration.between(known.since(), now).abs().compareTo(REMEMBER) > 0) {
            ProcessDefinition definition = repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(key)
                    .latestVersion()
                    .singleResult();
            if (definition == null) {
                throw new IllegalStateException("no process " + key + " is deployed");
            }
            known = new Known(definition.getId(), now);
            newest.put(key, known);
        }
        return known.id();
    }

    private record Known(String id, Instant since) {}
}
