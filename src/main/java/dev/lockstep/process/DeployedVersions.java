package dev.lockstep.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.springframework.stereotype.Component;

/** The deployed versions of each process, looked up again after a few seconds. */
@Component
class DeployedVersions {

    private static final Duration REMEMBER = Duration.ofSeconds(5);

    /** Nobody pins or rolls out what lies further back. */
    private static final int MOST = 200;

    private final RepositoryService repository;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    DeployedVersions(RepositoryService repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /** Newest first; none when no such process is deployed. */
    List<Deployed> of(String process) {
        Instant now = clock.instant();
        Known before = known.get(process);
        if (before != null && Duration.between(before.since(), now).abs().compareTo(REMEMBER) <= 0) {
            return before.versions();
        }
        List<Deployed> versions = lookUp(process);
        known.put(process, new Known(versions, now));
        return versions;
    }

    /** The same without remembering. */
    List<Deployed> lookUp(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .orderByProcessDefinitionVersion()
                .desc()
                .listPage(0, MOST)
                .stream()
                .map(Deployed::of)
                .toList();
    }

    /** Those with a version tag, newest first, without remembering. */
    List<Deployed> tagged(String process, String tag) {
        return lookUp(process).stream()
                .filter(version -> version.tag().equals(tag))
                .toList();
    }

    /** Whether the instances of a version are operations, whose attempts the ledger counts by policy. */
    boolean runsOperations(Deployed version) {
        Process model = repository.getBpmnModelInstance(version.definition()).getModelElementById(version.process());
        return ModelProperties.runsOperations(model);
    }

    private record Known(List<Deployed> versions, Instant since) {}

    /**
     * One deployed version of a process.
     *
     * @param definition the engine's id
     * @param number counts the deployments of the process from 1
     * @param tag the version as its designer calls it; several deployments may have the same
     */
    record Deployed(String definition, String process, int number, String tag, boolean suspended) {

        static Deployed of(ProcessDefinition definition) {
            return new Deployed(
                    definition.getId(),
                    definition.getKey(),
                    definition.getVersion(),
                    String.valueOf(definition.getVersionTag()),
                    definition.isSuspended());
        }

        String label() {
            return process + '@' + tag;
        }
    }
}
