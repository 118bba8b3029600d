package dev.lockstep.process.engine.rules;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** A model holds no code and names no class: steps are delegate beans, forms are Camunda Forms. */
final class CodeRule implements ModelRule {

    private static final String USE_DELEGATES = "name a delegate of Lockstep by delegateExpression instead";

    private static final Map<String, String> ELEMENTS = Map.of(
            "scriptTask", "script tasks are not run; " + USE_DELEGATES,
            "script", "inline scripts are not run; " + USE_DELEGATES,
            "connector", "connectors are not run; " + USE_DELEGATES,
            "formData", "embedded form fields are not used; refer to a Camunda Form by formRef",
            "formProperty", "embedded form fields are not used; refer to a Camunda Form by formRef");

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "class", "Java classes may not be named; " + USE_DELEGATES,
            "variableMappingClass", "Java classes may not be named; " + USE_DELEGATES,
            "formHandlerClass", "Java classes may not be named; refer to a Camunda Form by formRef",
            "resource", "external scripts are not run; " + USE_DELEGATES,
            "scriptFormat", "scripts are not run; " + USE_DELEGATES,
            "language", "scripts are not run; a condition is an expression such as ${approved}",
            "caseRef", "cases are not run; call a process");

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements()
                .flatMap(element -> Stream.concat(
                        Stream.ofNullable(ELEMENTS.get(element.getLocalName()))
                                .map(reason -> Finding.at(element, reason)),
                        ModelXml.attributes(element)
                                .flatMap(attribute -> ofAttribute(attribute).stream())
                                .map(reason -> Finding.at(element, reason))));
    }

    private static Optional<String> ofAttribute(Attr attribute) {
        String value = attribute.getValue().strip();
        return switch (attribute.getLocalName()) {
            case "type" ->
                isTask(attribute.getOwnerElement()) && !value.equals("external")
                        ? Optional.of("tasks of type '" + value + "' are not run; " + USE_DELEGATES)
                        : Optional.empty();
            case "formKey" ->
                value.startsWith("camunda-forms:")
                        ? Optional.empty()
                        : Optional.of("the form '" + value + "' is not used; refer to a Camunda Form by formRef");
            default -> Optional.ofNullable(ATTRIBUTES.get(attribute.getLocalName()));
        };
    }

    private static boolean isTask(Element owner) {
        return owner.getLocalName().endsWith("Task") || owner.getLocalName().endsWith("EventDefinition");
    }
}
