package dev.lockstep.process;

import dev.lockstep.port.Processes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.management.ProcessDefinitionStatistics;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Reads from the engine which processes are deployed. */
@Component
class DeployedProcesses implements Processes {

    private static final int MOST = 200;

    private final RepositoryService repository;
    private final ManagementService management;

    DeployedProcesses(RepositoryService repository, ManagementService management) {
        this.repository = repository;
        this.management = management;
    }

    @Override
    public List<Deployed> newest() {
        List<ProcessDefinition> newest =
                repository.createProcessDefinitionQuery().latestVersion().listPage(0, MOST);
        return describe(newest).sorted(Comparator.comparing(Deployed::process)).toList();
    }

    @Override
    public List<Deployed> versions(String process) {
        List<ProcessDefinition> versions = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .orderByProcessDefinitionVersion()
                .desc()
                .listPage(0, MOST);
        return describe(versions).toList();
    }

    private Stream<Deployed> describe(List<ProcessDefinition> definitions) {
        Set<String> ids = definitions.stream().map(ProcessDefinition::getId).collect(Collectors.toSet());
        Map<String, Integer> running = management.createProcessDefinitionStatisticsQuery().list().stream()
                .filter(statistics -> ids.contains(statistics.getId()))
                .collect(Collectors.toMap(
                        ProcessDefinitionStatistics::getId, ProcessDefinitionStatistics::getInstances));
        Map<String, Instant> deployed = definitions.stream()
                .map(ProcessDefinition::getDeploymentId)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), this::deployedAt));
        return definitions.stream()
                .map(definition -> new Deployed(
                        definition.getKey(),
                        Optional.ofNullable(definition.getName()).orElse(definition.getKey()),
                        String.valueOf(definition.getVersionTag()),
                        definition.getVersion(),
                        definition.getId(),
                        running.getOrDefault(definition.getId(), 0),
                        definition.isSuspended(),
                        deployed.getOrDefault(definition.getDeploymentId(), Instant.EPOCH)));
    }

    private Instant deployedAt(String deployment) {
        Deployment found =
                repository.createDeploymentQuery().deploymentId(deployment).singleResult();
        return found == null ? Instant.EPOCH : found.getDeploymentTime().toInstant();
    }
}
