package dev.lockstep.process.engine.rules;

/** Texts of small models for tests. */
public final class Models {

    private Models() {}

    /** A file with one process that keeps to every rule as far as its body does. */
    public static String bpmn(String body) {
        return bpmn("", body);
    }

    /** As above, with extension elements of the process. */
    public static String bpmn(String extensions, String body) {
        return definitions("""
                <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="P30D" camunda:versionTag="1">
                <bpmn:extensionElements>%s</bpmn:extensionElements>
                %s</bpmn:process>""".formatted(extensions, body));
    }

    /** The file around processes. */
    public static String definitions(String content) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn"
                  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                  id="d" targetNamespace="test">
                %s</bpmn:definitions>""".formatted(content);
    }

    /** Start, the given node and end in a row; the node's identifier is {@code n}. */
    public static String around(String node) {
        return """
                <bpmn:startEvent id="s"/>%s<bpmn:endEvent id="e"/>%s""".formatted(node, flow("s", "n") + flow("n", "e"));
    }

    /** A sequence flow. */
    public static String flow(String from, String to) {
        return """
                <bpmn:sequenceFlow id="f_%s_%s" sourceRef="%s" targetRef="%s"/>""".formatted(from, to, from, to);
    }

    /** A decision with one rule whose cell and language are given. */
    public static String dmn(String languageAttribute, String cell) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
                  xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="test">
                <decision id="triage" name="triage" camunda:historyTimeToLive="P30D"><decisionTable id="t">
                <input id="i"><inputExpression id="ie" typeRef="string"><text>kind</text></inputExpression></input>
                <output id="o" name="answer" typeRef="string"/>
                <rule id="r"><inputEntry id="r1" %s><text>%s</text></inputEntry>
                <outputEntry id="r2"><text>"yes"</text></outputEntry></rule>
                </decisionTable></decision></definitions>""".formatted(languageAttribute, cell);
    }
}
