package dev.lockstep.process.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.process.engine.input.ApprovalModel;
import dev.lockstep.process.engine.rules.Models;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;

/** A process instance that waits for an approval. */
final class WaitingApproval {

    /**
     * The groups are those of the shipped models: the usual one, and those for the credential's environment and team.
     */
    private static final String MODEL = Models.bpmn("""
            <bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>
            <bpmn:userTask id="n" camunda:formRef="approve" camunda:formRefBinding="deployment"
             camunda:candidateGroups="approvers,approvers-prod,approvers-prod:shop,approvers-:shop"><bpmn:extensionElements><camunda:properties>
             <camunda:property name="lockstep.four-eyes" value="FOUR"/></camunda:properties></bpmn:extensionElements>
            </bpmn:userTask>
            """ + Models.flow("s", "n") + Models.flow("n", "e"));

    private final ProcessEngine engine;
    private final String deployment;
    private final String instance;

    private WaitingApproval(ProcessEngine engine, boolean fourEyes, Map<String, Object> variables) {
        this.engine = engine;
        this.deployment = engine.getRepositoryService()
                .createDeployment()
                .addString("approve.form", ApprovalModel.FORM)
                .addString("p.bpmn", MODEL.replace("FOUR", Boolean.toString(fourEyes)))
                .deploy()
                .getId();
        this.instance = engine.getRuntimeService()
                .startProcessInstanceByKey("p", variables)
                .getId();
    }

    /** Anybody of the group may decide. */
    static WaitingApproval ofAnybody(ProcessEngine engine, String credential) {
        return new WaitingApproval(engine, false, Map.of("credential", credential));
    }

    /** Somebody has asked for a rotation, and somebody else has to agree. */
    static WaitingApproval ofRotation(
            ProcessEngine engine, Inventory inventory, Operations operations, CredentialName name, String requestedBy) {
        inventory.register(name, "orders-db", null);
        Operation operation = operations
                .request(new OperationRequest(name, "rotation", Operation.REQUESTED, requestedBy, "mine"))
                .orElseThrow();
        return new WaitingApproval(engine, true, Map.of("credential", name.value(), "operation", operation.id()));
    }

    String instance() {
        return instance;
    }

    String definition() {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
    }

    String task() {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    void remove() {
        engine.getRepositoryService().deleteDeployment(deployment, true);
    }
}
