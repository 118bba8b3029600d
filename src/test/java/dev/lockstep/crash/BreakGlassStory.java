package dev.lockstep.crash;

import dev.lockstep.port.AuditReview;
import dev.lockstep.port.Rotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** A rotation that needs approval and does not wait for it: it is reviewed afterwards, exactly once. */
final class BreakGlassStory extends Story {

    private static final String REVIEW = "break-glass-review";

    BreakGlassStory(Node node, Trial trial) {
        super(node, trial);
    }

    @Override
    boolean happen() {
        if (!trial.operations().isEmpty()) {
            return false;
        }
        node.bean(Rotations.class).breakGlass(trial.name(), "tester", "a trial");
        return true;
    }

    @Override
    Map<String, Map<String, Object>> answers() {
        return Map.of("ReviewBreakGlass", Map.of("verdict", "justified"));
    }

    @Override
    List<String> instances() {
        List<String> all = new ArrayList<>(super.instances());
        all.addAll(reviews());
        return all;
    }

    private List<String> reviews() {
        return node
                .bean(RuntimeService.class)
                .createProcessInstanceQuery()
                .processDefinitionKey(REVIEW)
                .processInstanceBusinessKey(trial.name().value())
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    @Override
    boolean over() {
        return super.over() && reviews().isEmpty();
    }

    /** There is no such rotation without its review. */
    @Override
    void always(Invariants invariants) {
        invariants.someVersionLogsIn();
        invariants.nothingInUseIsDestroyed();
        long begun = node.bean(HistoryService.class)
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(REVIEW)
                .processInstanceBusinessKey(trial.name().value())
                .count();
        invariants.require(
                begun == trial.operations().size(),
                begun + " reviews of " + trial.operations().size() + " operations");
    }

    @Override
    void atRest(Invariants invariants) {
        always(invariants);
        invariants.whatIsReadLogsIn();
        long reviewed = trial.operation().stream()
                .flatMap(
                        operation -> node
                                .bean(AuditReview.class)
                                .entries(AuditReview.Filter.operation(operation.id()), null, 1000)
                                .stream())
                .filter(entry -> entry.action().equals("break-glass.review"))
                .count();
        invariants.require(reviewed == 1, "the review is " + reviewed + " times on record");
    }
}
