package dev.lockstep.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** Watches which nodes are entered and which flows are taken. */
class ModelCoverage extends AbstractProcessEnginePlugin {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(new Watch())));
    }

    /**
     * Nodes and flows of the newest version of a process that nothing has come by. The engine takes no flows from an
     * event-based gateway to its events, and enters no boundary event that leads to a handler; the events and the
     * handlers are missed when they were not reached.
     */
    Set<String> missed(ProcessEngine engine, String process) {
        String definition = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
        BpmnModelInstance model = engine.getRepositoryService().getBpmnModelInstance(definition);
        Set<String> missed = new TreeSet<>();
        model.getModelElementsByType(FlowNode.class).forEach(node -> missed.add(node.getId()));
        model.getModelElementsByType(SequenceFlow.class).forEach(flow -> missed.add(flow.getId()));
        model.getModelElementsByType(EventBasedGateway.class)
                .forEach(gateway -> gateway.getOutgoing().forEach(flow -> missed.remove(flow.getId())));
        model.getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event ->
                        event.getEventDefinitions().stream().anyMatch(CompensateEventDefinition.class::isInstance))
                .forEach(event -> missed.remove(event.getId()));
        missed.removeIf(id -> seen.contains(process + ' ' + id));
        return missed;
    }

    private final class Watch extends AbstractBpmnParseListener {

        @Override
        public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
            flow.addListener(
                    ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) execution -> note(execution, flow.getId()));
        }

        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
            process.getActivities().forEach(this::watch);
        }

        private void watch(ActivityImpl activity) {
            activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                    execution -> note(execution, activity.getId()));
            activity.getActivities().forEach(this::watch);
        }

        private void note(DelegateExecution execution, String id) {
            seen.add(execution.getProcessDefinitionId().replaceFirst(":.*", "") + ' ' + id);
        }
    }
}
