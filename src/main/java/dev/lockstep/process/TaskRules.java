package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.springframework.stereotype.Component;

/** Finds out what a task is about, and whom the configuration wants to hear of it. */
@Component
class TaskRules {

    /** A property of a user task: with the value {@code none} nobody else is asked when its deadline passes. */
    static final String SECOND_LEVEL = "lockstep.second-level";

    private final Operations operations;
    private final Catalog catalog;
    private final RuntimeService runtime;
    private final RepositoryService repository;

    TaskRules(Operations operations, Catalog catalog, RuntimeService runtime, RepositoryService repository) {
        this.operations = operations;
        this.catalog = catalog;
        this.runtime = runtime;
        this.repository = repository;
    }

    /**
     * @param about the business key: a credential, a target or whatever else the process is about
     * @param credential what it is about, if that is one
     * @param rule whom to ask and when; empty when the configuration knows nothing of what it is about
     */
    record Rule(String about, Optional<CredentialName> credential, Optional<Policy.Escalation> rule) {}

    Rule of(Task task) {
        if (task.getProcessInstanceId() == null) {
            return new Rule(task.getName(), Optional.empty(), Optional.empty());
        }
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceId(task.getProcessInstanceId())
                .singleResult();
        String about =
                instance == null || instance.getBusinessKey() == null ? task.getName() : instance.getBusinessKey();
        Optional<CredentialName> credential =
                operation(task).map(Operation::credential).or(() -> CredentialName.find(about));
        Optional<Policy.Escalation> ofCredential = credential
                .flatMap(catalog::credential)
                .map(known -> known.policy().escalation());
        return new Rule(about, credential, ofCredential.or(() -> ofTarget(about)));
    }

    private Optional<Operation> operation(Task task) {
        return runtime.getVariable(task.getExecutionId(), ModelVariables.OPERATION) instanceof Number id
                ? operations.find(id.longValue())
                : Optional.empty();
    }

    private Optional<Policy.Escalation> ofTarget(String about) {
        return catalog.targets().stream()
                .filter(target -> target.name().equals(about))
                .findFirst()
                .map(target -> catalog.limits(target.name()).escalation());
    }

    /** Whether a second level may be asked; an approval, for example, is nobody else's business. */
    boolean mayEscalate(Task task) {
        BaseElement element = repository
                .getBpmnModelInstance(task.getProcessDefinitionId())
                .getModelElementById(task.getTaskDefinitionKey());
        return element == null || !ModelProperties.of(element, SECOND_LEVEL).equals("none");
    }
}
