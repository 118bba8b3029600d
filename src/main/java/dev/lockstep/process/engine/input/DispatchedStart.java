package dev.lockstep.process.engine.input;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Keeps people from starting a process that only Lockstep may start, by whatever way: without the ledger's record there
 * would be no durable point before its first step, nor what its steps read. Tasklist does not offer it either.
 */
public final class DispatchedStart extends AbstractBpmnParseListener {

    /** What a person is told, by the value of the property {@code lockstep.start}. */
    private static final Map<String, String> INSTEAD = Map.of(
            "dispatched",
            "this process is started by Lockstep's dispatcher only; request the operation through Lockstep",
            "internal",
            "this process is started by Lockstep itself only; ask for it on Lockstep's page or through its API");

    @Override
    public void parseProcess(Element processElement, ProcessDefinitionEntity processDefinition) {
        instead(processElement).ifPresent(sentence -> {
            processDefinition.setStartableInTasklist(false);
            processDefinition.addListener(
                    ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> check(execution, sentence));
        });
    }

    private static Optional<String> instead(Element process) {
        return Stream.ofNullable(process.element("extensionElements"))
                .flatMap(extensions -> Stream.ofNullable(extensions.element("properties")))
                .flatMap(properties -> properties.elements().stream())
                .filter(property -> "lockstep.start".equals(property.attribute("name")))
                .flatMap(property -> Stream.ofNullable(INSTEAD.get(property.attribute("value"))))
                .findFirst();
    }

    private static void check(DelegateExecution execution, String sentence) {
        boolean byPerson = Context.getCommandContext().getAuthenticatedUserId() != null;
        if (byPerson && execution.getSuperExecution() == null) {
            throw new AuthorizationException(sentence);
        }
    }
}
