package dev.lockstep.process.engine.input;

import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Keeps people from starting a process that only the dispatcher may start, by whatever way: without the ledger's record
 * there would be no durable point before its first step.
 */
public final class DispatchedStart extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element processElement, ProcessDefinitionEntity processDefinition) {
        if (isDispatched(processElement)) {
            processDefinition.addListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) DispatchedStart::check);
        }
    }

    private static boolean isDispatched(Element process) {
        Element extensions = process.element("extensionElements");
        Element properties = extensions == null ? null : extensions.element("properties");
        return properties != null
                && properties.elements().stream()
                        .anyMatch(property -> "lockstep.start".equals(property.attribute("name"))
                                && "dispatched".equals(property.attribute("value")));
    }

    private static void check(DelegateExecution execution) {
        boolean byPerson = Context.getCommandContext().getAuthenticatedUserId() != null;
        if (byPerson && execution.getSuperExecution() == null) {
            throw new AuthorizationException(
                    "this process is started by Lockstep's dispatcher only; request the operation through Lockstep");
        }
    }
}
