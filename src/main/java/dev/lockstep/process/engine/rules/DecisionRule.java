package dev.lockstep.process.engine.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.w3c.dom.Element;

/** A decision is written in FEEL, all of it, and calls nothing outside. */
final class DecisionRule implements ModelRule {

    private static final Set<String> FEEL = Set.copyOf(List.of(
            "",
            "feel",
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_ALTERNATIVE,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN12,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN13,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN14,
            DefaultDmnEngineConfiguration.FEEL_EXPRESSION_LANGUAGE_DMN15));

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements().flatMap(element -> Stream.concat(ofLanguage(element), ofFunction(element)));
    }

    private static Stream<Finding> ofLanguage(Element element) {
        return ModelXml.attribute(element, "expressionLanguage")
                .filter(language -> !FEEL.contains(language))
                .map(language -> Finding.at(
                        element,
                        "the expression language '" + language + "' is not run; decisions are written in FEEL"))
                .stream();
    }

    private static Stream<Finding> ofFunction(Element element) {
        boolean calls = ModelXml.attribute(element, "kind")
                .filter(kind -> !kind.equalsIgnoreCase("FEEL"))
                .isPresent();
        boolean external = ModelXml.is(element, "text")
                && ModelXml.text(element).replaceAll("\\s+", "").contains("external{");
        return calls || external
                ? Stream.of(Finding.at(element, "a decision may not call functions outside of FEEL"))
                : Stream.empty();
    }
}
