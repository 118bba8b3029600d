package dev.lockstep.process.engine.rules;

import dev.lockstep.process.ModelProperties;
import dev.lockstep.process.OutsideStep;
import dev.lockstep.process.engine.expression.ModelBeans;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * A step that touches the outside is a task of its own, stands behind a durable point on every path, and has a retry
 * rule: its own, that of a sub-process around it, or the policy's when the ledger counts the attempts.
 */
final class OutsideStepRule implements ModelRule {

    private static final Set<String> CALLS = Set.of("delegateExpression", "expression");

    private final ModelBeans beans;

    OutsideStepRule(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> check(ModelXml model) {
        DurablePoints points = new DurablePoints(new FlowGraph(model));
        return model.elements().filter(this::callsOutside).flatMap(element -> ofCaller(element, points));
    }

    private Stream<Finding> ofCaller(Element element, DurablePoints points) {
        Element step = ModelXml.is(element, "messageEventDefinition") ? ModelXml.parent(element) : element;
        if (step == null || !isStep(step) || !calls(element)) {
            return Stream.of(Finding.at(
                    element, "a step that touches the outside is a service task; it cannot be called from here"));
        }
        Stream<Finding> unsafe = points
                .unsafeOrigin(step)
                .map(origin -> Finding.at(
                        step,
                        "the step touches the outside, but from '" + ModelXml.nearestId(origin)
                                + "' it is reached without a durable point; set 'asynchronous before' on it, or let the"
                                + " process be dispatched"))
                .stream();
        Stream<Finding> once = hasRetryRule(step)
                ? Stream.empty()
                : Stream.of(Finding.at(
                        step,
                        "the step touches the outside, but has no retry rule; give it or the sub-process around it a"
                                + " failedJobRetryTimeCycle"));
        return Stream.concat(unsafe, once);
    }

    private static boolean isStep(Element element) {
        String name = String.valueOf(element.getLocalName());
        return name.endsWith("Task") || name.endsWith("Event");
    }

    private static boolean calls(Element element) {
        return ModelXml.attributes(element).anyMatch(attribute -> CALLS.contains(attribute.getLocalName()));
    }

    private boolean callsOutside(Element element) {
        return Stream.concat(
                        Stream.of(ModelXml.text(element)),
                        ModelXml.attributes(element).map(Attr::getValue))
                .filter(ModelExpressionText::isExpression)
                .flatMap(text -> ModelExpressionText.names(text).stream())
                .anyMatch(name -> beans.type(name)
                        .filter(OutsideStep.class::isAssignableFrom)
                        .isPresent());
    }

    private static boolean hasRetryRule(Element step) {
        for (@Nullable Element at = step; at != null; at = ModelXml.parent(at)) {
            boolean counted = ModelXml.property(at, ModelProperties.RETRIES)
                    .filter("policy"::equals)
                    .isPresent();
            if (counted || (!ModelXml.is(at, "process") && hasOwnRetryRule(at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasOwnRetryRule(Element element) {
        return ModelXml.children(element)
                .filter(child -> ModelXml.is(child, "extensionElements"))
                .flatMap(ModelXml::children)
                .anyMatch(child -> ModelXml.is(child, "failedJobRetryTimeCycle"));
    }
}
