package dev.lockstep.process.engine.rules;

import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A process that the dispatcher starts says where an operation begins whose workers died or broke too often: at an
 * activity of its own level, so that the operation can begin there without the steps before.
 */
final class RecoveryRule implements ModelRule {

    @Override
    public Stream<Finding> check(ModelXml model) {
        return model.elements("process")
                .filter(process -> ModelXml.property(process, "lockstep.start")
                        .filter("dispatched"::equals)
                        .isPresent())
                .flatMap(RecoveryRule::ofProcess);
    }

    private static Stream<Finding> ofProcess(Element process) {
        Optional<String> recovery = ModelXml.property(process, "lockstep.recovery");
        boolean known = recovery.isPresent()
                && ModelXml.children(process)
                        .anyMatch(node -> node.hasAttribute("id")
                                && node.getAttribute("id").equals(recovery.get()));
        return known
                ? Stream.empty()
                : Stream.of(Finding.at(
                        process,
                        "a dispatched process names in its property lockstep.recovery the activity where an operation"
                                + " begins that could not be run from its start, for example VerifyPrevious"));
    }
}
