package dev.lockstep.process;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** Remembers which nodes and sequence flows of which process were taken. */
final class FlowWitness extends AbstractProcessEnginePlugin {

    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.getCustomPostBPMNParseListeners().add(new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
                String process = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey();
                transition.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener)
                        execution -> taken.add(process + ' ' + transition.getId()));
            }
        });
    }

    /**
     * The sequence flows of the newest version of a process that no test has taken. The engine takes none of those that
     * lead from an event-based gateway to its events.
     */
    Set<String> missed(RepositoryService repository, String process) {
        Set<String> missed =
                all(repository, process, SequenceFlow.class, flow -> !(flow.getSource() instanceof EventBasedGateway));
        missed.removeIf(flow -> taken.contains(process + ' ' + flow));
        return missed;
    }

    /** The flow nodes of the newest version of a process. */
    static Set<String> nodes(RepositoryService repository, String process) {
        return all(repository, process, FlowNode.class, node -> true);
    }

    private static <T extends FlowElement> Set<String> all(
            RepositoryService repository, String process, Class<T> type, Predicate<T> wanted) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getId();
        return repository.getBpmnModelInstance(definition).getModelElementsByType(type).stream()
                .filter(wanted)
                .map(FlowElement::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
