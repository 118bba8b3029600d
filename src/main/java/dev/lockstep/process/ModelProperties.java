package dev.lockstep.process;

import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.springframework.stereotype.Component;

/** Reads the properties that a designer sets on a task or a process in the Modeler. */
@Component
public class ModelProperties {

    /** The property of a process whose instances are operations: the ledger counts the attempts of its steps. */
    public static final String RETRIES = "lockstep.retries";

    /** The value of a property of the current task; an empty text when it is not set. */
    String of(DelegateExecution execution, String name) {
        return of(execution.getBpmnModelElementInstance(), name);
    }

    /** The value of a property of an element of a model; an empty text when it is not set. */
    public static String of(BaseElement element, String name) {
        if (element.getExtensionElements() == null) {
            return "";
        }
        return element.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .flatMap(property -> Stream.ofNullable(property.getCamundaValue()))
                .findFirst()
                .orElse("");
    }

    /** Whether the instances of a process are operations. */
    public static boolean runsOperations(Process process) {
        return !of(process, RETRIES).isEmpty();
    }
}
