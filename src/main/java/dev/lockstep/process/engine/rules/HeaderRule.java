package dev.lockstep.process.engine.rules;

import java.util.stream.Stream;
import org.w3c.dom.Element;

/** A process says how long its history is kept and which version it is. */
final class HeaderRule implements ModelRule {

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements("process").flatMap(HeaderRule::ofProcess);
    }

    private static Stream<Finding> ofProcess(Element process) {
        return Stream.concat(
                missing(process, "historyTimeToLive")
                        ? Stream.of(Finding.at(
                                process, "the process has no history time to live; set one, for example P400D"))
                        : Stream.empty(),
                missing(process, "versionTag")
                        ? Stream.of(Finding.at(process, "the process has no version tag; set one, for example 1.2"))
                        : Stream.empty());
    }

    private static boolean missing(Element process, String attribute) {
        return ModelXml.attribute(process, attribute)
                .filter(value -> !value.isBlank())
                .isEmpty();
    }
}
