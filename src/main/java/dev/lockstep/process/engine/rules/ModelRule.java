package dev.lockstep.process.engine.rules;

import java.util.stream.Stream;

/** One rule that models keep to. */
@FunctionalInterface
interface ModelRule {

    /** What breaks the rule; empty when the model keeps to it. */
    Stream<Finding> check(ModelXml model);
}
