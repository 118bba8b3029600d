package dev.lockstep.process.engine.rules;

import dev.lockstep.process.engine.expression.ModelBeans;
import java.util.stream.Stream;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** Every text of a model that the engine could evaluate stays within what expressions may do, wherever it stands. */
final class ExpressionRule implements ModelRule {

    private final ModelExpressionText expressions;

    ExpressionRule(ModelBeans beans) {
        this.expressions = new ModelExpressionText(beans);
    }

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements()
                .flatMap(element -> texts(element)
                        .filter(ModelExpressionText::isExpression)
                        .flatMap(text -> expressions.complaint(text).stream())
                        .map(complaint -> Finding.at(element, complaint)));
    }

    private static Stream<String> texts(Element element) {
        return Stream.concat(
                Stream.of(ModelXml.text(element)),
                ModelXml.attributes(element)
                        .filter(attribute -> !DelegateRule.ATTRIBUTES.contains(attribute.getLocalName()))
                        .map(Attr::getValue)
                        .map(String::strip));
    }
}
