package dev.lockstep.process.engine.input;

import dev.lockstep.process.engine.rules.Models;

/** A process with one task whose form declares a choice, a comment and a field that is only shown. */
public final class ApprovalModel {

    /** Has fields of every kind. */
    public static final String FORM = """
            {"id": "approve", "type": "default", "schemaVersion": 16, "components": [
              {"type": "text", "text": "Facts"},
              {"type": "textfield", "key": "credential", "disabled": true},
              {"type": "textfield", "key": "target", "readonly": true},
              {"type": "radio", "key": "decision", "validate": {"required": true},
               "values": [{"label": "yes", "value": "approve"}, {"label": "no", "value": "decline"}]},
              {"type": "textarea", "key": "comment", "validate": {"maxLength": 20}},
              {"type": "number", "key": "hours"},
              {"type": "checkbox", "key": "urgent"},
              {"type": "group", "components": [{"type": "textfield", "key": "nested"}]},
              {"type": "button", "action": "submit"}]}""";

    /** Goes on to a delegate when approved. */
    public static final String BPMN = Models.bpmn(
            """
            <bpmn:startEvent id="s"/>
            <bpmn:userTask id="n" camunda:formRef="approve" camunda:formRefBinding="deployment"/>
            <bpmn:exclusiveGateway id="g" default="f_g_e"/>
            <bpmn:serviceTask id="q" camunda:delegateExpression="${quietDelegate}"/>
            <bpmn:userTask id="done"/><bpmn:endEvent id="e"/>
            <bpmn:sequenceFlow id="yes" sourceRef="g" targetRef="q"><bpmn:conditionExpression
             xsi:type="bpmn:tFormalExpression">${decision == 'approve'}</bpmn:conditionExpression></bpmn:sequenceFlow>
            """ + Models.flow("s", "n") + Models.flow("n", "g") + Models.flow("g", "e") + Models.flow("q", "done"));

    private ApprovalModel() {}
}
