package dev.lockstep.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** Finds every place of a model at which an instance can be committed and wait. */
final class WaitStates {

    private WaitStates() {}

    /** The id of an activity or event, with {@code before:} or {@code after:} when a job stands there. */
    static List<String> of(BpmnModelInstance model) {
        List<String> states = new ArrayList<>();
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            if (waits(node)) {
                states.add(node.getId());
            }
            if ((node.isCamundaAsyncBefore() || loops(node).anyMatch(loop -> loop.isCamundaAsyncBefore()))
                    && !undoes(node)) {
                states.add("before:" + node.getId());
            }
            if (!(node instanceof EventBasedGateway)
                    && (node.isCamundaAsyncAfter() || loops(node).anyMatch(loop -> loop.isCamundaAsyncAfter()))
                    && !undoes(node)) {
                states.add("after:" + node.getId());
            }
        }
        return states;
    }

    private static boolean waits(FlowNode node) {
        if (node instanceof IntermediateCatchEvent) {
            return node.getIncoming().stream()
                    .map(SequenceFlow::getSource)
                    .noneMatch(EventBasedGateway.class::isInstance);
        }
        return node instanceof UserTask
                || node instanceof ReceiveTask
                || node instanceof EventBasedGateway
                || (node instanceof ServiceTask task && "external".equals(task.getCamundaType()));
    }

    /** Each round of a loop may wait for itself. */
    private static Stream<MultiInstanceLoopCharacteristics> loops(FlowNode node) {
        return node.getChildElementsByType(MultiInstanceLoopCharacteristics.class).stream();
    }

    /** The engine ignores what a handler of compensation says. */
    private static boolean undoes(FlowNode node) {
        return node instanceof Activity activity && activity.isForCompensation();
    }
}
