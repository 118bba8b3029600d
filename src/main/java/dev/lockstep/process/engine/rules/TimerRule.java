package dev.lockstep.process.engine.rules;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.calendar.DueDateBusinessCalendar;
import org.w3c.dom.Element;

/** Literal timers and retry rules are well-formed, fire, and do not fire too often. */
final class TimerRule implements ModelRule {

    private static final Map<String, Function<String, Optional<String>>> ELEMENTS = Map.of(
            "timeDuration", TimerText::ofDuration,
            "timeCycle", TimerText::ofCycle,
            "timeDate", TimerRule::ofDate,
            "failedJobRetryTimeCycle", TimerText::ofRetries);

    private static final Map<String, Function<String, Optional<String>>> ATTRIBUTES = Map.of(
            "dueDate", TimerRule::ofDueDate,
            "followUpDate", TimerRule::ofDueDate,
            "failedJobRetryTimeCycle", TimerText::ofRetries);

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements().flatMap(element -> Stream.concat(ofElement(element), ofAttributes(element)));
    }

    private static Stream<Finding> ofElement(Element element) {
        return Stream.ofNullable(ELEMENTS.get(element.getLocalName()))
                .flatMap(check -> unlessExpression(ModelXml.text(element), check).stream())
                .map(complaint -> Finding.at(element, complaint));
    }

    private static Stream<Finding> ofAttributes(Element element) {
        return ModelXml.attributes(element)
                .flatMap(attribute -> Stream.ofNullable(ATTRIBUTES.get(attribute.getLocalName()))
                        .flatMap(check -> unlessExpression(attribute.getValue().strip(), check).stream()))
                .map(complaint -> Finding.at(element, complaint));
    }

    private static Optional<String> unlessExpression(String text, Function<String, Optional<String>> check) {
        return ModelExpressionText.isExpression(text) ? Optional.empty() : check.apply(text);
    }

    private static Optional<String> ofDueDate(String text) {
        return text.startsWith("P") ? TimerText.ofDuration(text) : ofDate(text);
    }

    private static Optional<String> ofDate(String text) {
        try {
            new DueDateBusinessCalendar().resolveDuedate(text);
            return Optional.empty();
        } catch (ProcessEngineException e) {
            return Optional.of("'" + text + "' is no date; write one such as 2030-01-31T10:00:00Z");
        }
    }
}
