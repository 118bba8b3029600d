package dev.lockstep.process.engine.rules;

import dev.lockstep.process.engine.expression.ModelBeans;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Attr;

/** A delegate expression names one of Lockstep's delegates or listeners, and nothing else. */
final class DelegateRule implements ModelRule {

    static final Set<String> ATTRIBUTES = Set.of("delegateExpression", "variableMappingDelegateExpression");

    private final ModelBeans beans;

    DelegateRule(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements()
                .flatMap(element -> ModelXml.attributes(element)
                        .filter(attribute -> ATTRIBUTES.contains(attribute.getLocalName()))
                        .filter(attribute -> !namesDelegate(attribute))
                        .map(attribute -> Finding.at(
                                element,
                                "'" + attribute.getValue()
                                        + "' names no delegate of Lockstep; write ${…Delegate} with the name of one")));
    }

    private boolean namesDelegate(Attr attribute) {
        return ModelExpressionText.singleName(attribute.getValue().strip())
                .flatMap(beans::type)
                .isPresent();
    }
}
