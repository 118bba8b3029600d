package dev.lockstep.process;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.process.DeployedVersions.Deployed;
import dev.lockstep.process.engine.input.FourEyes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves single instances from one version of a process to another, or only tries to. */
@Component
class InstanceMoves {

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final TransactionTemplate transaction;

    InstanceMoves(RuntimeService runtime, RepositoryService repository, PlatformTransactionManager transactions) {
        this.runtime = runtime;
        this.repository = repository;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Activities that are the same in both versions, and those that somebody says belong together. */
    MigrationPlan plan(Deployed from, Deployed to, Map<String, String> mappings) {
        try {
            MigrationPlan equal = runtime.createMigrationPlan(from.definition(), to.definition())
                    .mapEqualActivities()
                    .build();
            MigrationPlanBuilder plan = runtime.createMigrationPlan(from.definition(), to.definition());
            equal.getInstructions().stream()
                    .filter(instruction -> !mappings.containsKey(instruction.getSourceActivityId()))
                    .filter(instruction -> !mappings.containsValue(instruction.getTargetActivityId()))
                    .forEach(instruction ->
                            plan.mapActivities(instruction.getSourceActivityId(), instruction.getTargetActivityId()));
            mappings.forEach(plan::mapActivities);
            MigrationPlan built = plan.build();
            requireDecisions(from, to, built);
            return built;
        } catch (BadUserRequestException impossible) {
            throw new InvalidInput("mappings", sentence(impossible));
        }
    }

    /** What waits for somebody else's decision waits for one afterwards. */
    private void requireDecisions(Deployed from, Deployed to, MigrationPlan plan) {
        BpmnModelInstance source = repository.getBpmnModelInstance(from.definition());
        BpmnModelInstance target = repository.getBpmnModelInstance(to.definition());
        instructions(plan).forEach((before, after) -> {
            if (isDecision(source, before) && !isDecision(target, after)) {
                throw new InvalidInput(
                        "mappings",
                        "'" + before + "' waits for the decision of somebody else (" + FourEyes.PROPERTY + ") and '"
                                + after + "' of " + to.label() + " does not; give it the property, or map another");
            }
        });
    }

    private static boolean isDecision(BpmnModelInstance model, String activity) {
        return model.getModelElementById(activity) instanceof BaseElement element
                && "true".equals(ModelProperties.of(element, FourEyes.PROPERTY));
    }

    static Map<String, String> instructions(MigrationPlan plan) {
        Map<String, String> instructions = new LinkedHashMap<>();
        plan.getInstructions()
                .forEach((MigrationInstruction each) ->
                        instructions.put(each.getSourceActivityId(), each.getTargetActivityId()));
        return instructions;
    }

    /** The running instances of a version. */
    List<String> instances(Deployed version) {
        return runtime.createProcessInstanceQuery().processDefinitionId(version.definition()).list().stream()
                .map(Execution::getId)
                .sorted()
                .toList();
    }

    /** Why an instance would not fit; empty when it would. Nothing is moved. */
    Optional<String> misfit(MigrationPlan plan, String instance) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                move(plan, instance);
                return Optional.<String>empty();
            } catch (RuntimeException failed) {
                return Optional.of(reason(failed));
            }
        });
    }

    /** In the caller's transaction. */
    void move(MigrationPlan plan, String instance) {
        runtime.newMigration(plan).processInstanceIds(instance).execute();
    }

    static String reason(RuntimeException failed) {
        if (failed instanceof MigratingProcessInstanceValidationException misfit) {
            return misfit.getValidationReport().getActivityInstanceReports().stream()
                    .map(report -> "at '" + report.getSourceScopeId() + "': " + String.join(", ", report.getFailures()))
                    .collect(Collectors.joining("; "));
        }
        return sentence(failed);
    }

    private static String sentence(RuntimeException failed) {
        return String.valueOf(failed.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
