package dev.lockstep.process.dryrun;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.DryRuns;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import dev.lockstep.process.DispatchRound;
import dev.lockstep.process.ModelProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.jspecify.annotations.Nullable;

/** Deploys the model of a plan into the engine at hand and runs it for one credential. */
public final class ModelRun {

    private static final String CREATE = "${createPrincipalDelegate}";

    private final ProcessEngine engine;
    private final DispatchRound dispatch;
    private final Operations operations;
    private final Versions versions;
    private final ConsumerReports consumers;
    private final PathRecorder path;
    private final SteppedClock clock;

    public ModelRun(
            ProcessEngine engine,
            DispatchRound dispatch,
            Operations operations,
            Versions versions,
            ConsumerReports consumers,
            PathRecorder path,
            SteppedClock clock) {
        this.engine = engine;
        this.dispatch = dispatch;
        this.operations = operations;
        this.versions = versions;
        this.consumers = consumers;
        this.path = path;
        this.clock = clock;
    }

    /** What a run gives, without the simulated world. */
    public record Ran(
            List<DryRuns.Entry> path,
            List<String> flows,
            DryRuns.End end,
            List<String> notes,
            @Nullable String picture) {}

    /** What there is of the credential before the process begins. */
    public enum Before {
        /** It is in use. */
        IN_USE,
        /** Somebody has asked for it, and there is no account yet. */
        ASKED_FOR
    }

    /**
     * Runs the plan; throws {@link InvalidInput} when the model is refused or lacks what the plan speaks of.
     *
     * @param begin brings about what there is before
     */
    public Ran run(DryRuns.Plan plan, CredentialName credential, Consumer<Before> begin) {
        ProcessDefinition process = deploy(plan);
        BpmnModelInstance model = engine.getRepositoryService().getBpmnModelInstance(process.getId());
        require(model, "failures", plan.failures().keySet());
        require(model, "answers", plan.answers().keySet());
        require(model, "events", plan.events());
        begin.accept(makesAccount(model) ? Before.ASKED_FOR : Before.IN_USE);
        Set<String> moved = new HashSet<>();
        Optional<Operation> operation = ModelProperties.runsOperations(model.getModelElementById(process.getKey()))
                ? operations.request(new OperationRequest(
                        credential,
                        process.getKey(),
                        plan.situation().emergency() ? Operation.EMERGENCY : Operation.REQUESTED,
                        "designer",
                        "a dry run"))
                : Optional.empty();
        ModelDrive drive = new ModelDrive(
                engine,
                path,
                clock,
                new TaskAnswers(engine.getFormService(), plan.answers()),
                plan.events(),
                () -> operation.isPresent() && consumersMove(operation.get().id(), plan, moved));
        DryRuns.End end = operation
                .map(requested -> dispatched(requested, drive))
                .orElseGet(() -> drive.run(start(process, model, plan)));
        List<DryRuns.Entry> entries = path.path();
        List<String> flows = flows(model);
        return new Ran(entries, flows, end, notes(plan, drive), new PathPicture(model, entries, flows, end.at()).svg());
    }

    /** The engine takes no flow from an event-based gateway: the event behind it just happens. */
    private List<String> flows(BpmnModelInstance model) {
        Stream<String> toEvents = model.getModelElementsByType(EventBasedGateway.class).stream()
                .flatMap(gateway -> gateway.getOutgoing().stream())
                .filter(flow -> path.visits(flow.getTarget().getId()) > 0)
                .map(SequenceFlow::getId);
        return Stream.concat(path.flows().stream(), toEvents).toList();
    }

    private ProcessDefinition deploy(DryRuns.Plan plan) {
        DeploymentBuilder deployment =
                engine.getRepositoryService().createDeployment().name("dry run");
        deployment.addString(plan.model().name(), plan.model().content());
        plan.others().forEach(file -> deployment.addString(file.name(), file.content()));
        try {
            return deployment.deployWithResult().getDeployedProcessDefinitions().stream()
                    .filter(process ->
                            process.getResourceName().equals(plan.model().name()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInput("model", "the model has no executable process"));
        } catch (ParseException refused) {
            throw new InvalidInput("model", String.valueOf(refused.getMessage()));
        }
    }

    private static void require(BpmnModelInstance model, String field, Collection<String> ids) {
        ids.stream()
                .filter(id -> model.getModelElementById(id) == null)
                .findFirst()
                .ifPresent(unknown -> {
                    throw new InvalidInput(field, "the model has no element '" + unknown + "'");
                });
    }

    private static boolean makesAccount(BpmnModelInstance model) {
        return model.getModelElementsByType(ServiceTask.class).stream()
                .anyMatch(task -> CREATE.equals(task.getCamundaDelegateExpression()));
    }

    private String start(ProcessDefinition process, BpmnModelInstance model, DryRuns.Plan plan) {
        String first = model.getModelElementsByType(StartEvent.class).stream()
                .filter(event ->
                        event.getParentElement().getAttributeValue("id").equals(process.getKey()))
                .map(StartEvent::getId)
                .findFirst()
                .orElseThrow(() -> new InvalidInput("model", "the process has no start event"));
        return engine.getRuntimeService()
                .createProcessInstanceById(process.getId())
                .startBeforeActivity(first)
                .setVariables(new HashMap<>(plan.situation().variables()))
                .execute()
                .getId();
    }

    private DryRuns.End dispatched(Operation requested, ModelDrive drive) {
        Operation operation = requested;
        while (operation.processInstance() == null && operation.status() != OperationStatus.QUARANTINED) {
            if (path.over()) {
                return end(DryRuns.State.UNBOUNDED, "it took too many steps or too long", operation);
            }
            int mark = path.mark();
            clock.advance(Duration.between(clock.instant(), operation.notBefore()));
            dispatch.run(clock.instant());
            operation = operations.get(operation.id());
            if (operation.processInstance() == null) {
                path.undoneSince(mark);
            }
        }
        if (operation.processInstance() == null) {
            return end(DryRuns.State.STUCK, "it is quarantined: " + operation.failureMessage(), operation);
        }
        DryRuns.End end = drive.run(operation.processInstance());
        Operation now = operations.get(operation.id());
        return new DryRuns.End(
                end.state(),
                end.sentence(),
                end.at(),
                now.outcome() == null ? null : now.outcome().label());
    }

    private static DryRuns.End end(DryRuns.State state, String sentence, Operation operation) {
        return new DryRuns.End(
                state,
                sentence,
                List.of(),
                operation.outcome() == null ? null : operation.outcome().label());
    }

    private boolean consumersMove(long operation, DryRuns.Plan plan, Set<String> moved) {
        Optional<Version> promoted =
                versions.candidate(operation).filter(candidate -> candidate.stage() == Stage.CURRENT);
        List<String> movers = plan.situation().consumers().entrySet().stream()
                .filter(consumer -> consumer.getValue() && !moved.contains(consumer.getKey()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        promoted.ifPresent(version -> movers.forEach(consumer -> consumers.acknowledge(consumer, version.ref())));
        boolean changed = promoted.isPresent() && !movers.isEmpty();
        return changed && moved.addAll(movers);
    }

    private List<String> notes(DryRuns.Plan plan, ModelDrive drive) {
        List<String> notes = new ArrayList<>();
        drive.unused().forEach(event -> notes.add("nothing waited for the event '" + event + "'"));
        plan.answers().keySet().stream()
                .filter(task -> path.visits(task) == 0)
                .sorted()
                .forEach(task -> notes.add("nobody was asked at '" + task + "'"));
        return notes;
    }
}
