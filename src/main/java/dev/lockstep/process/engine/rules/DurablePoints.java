package dev.lockstep.process.engine.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Walks from a step backwards along every path. A path is safe once it meets a point at which the engine has committed:
 * a wait state, an asynchronous continuation, or the start of a process that the dispatcher has recorded.
 */
final class DurablePoints {

    private final FlowGraph flow;

    DurablePoints(FlowGraph flow) {
        this.flow = flow;
    }

    /** A place from which the step can be reached without a durable point; empty when there is none. */
    Optional<Element> unsafeOrigin(Element step) {
        Set<Element> seen = new HashSet<>();
        Deque<Element> open = new ArrayDeque<>();
        open.add(step);
        while (!open.isEmpty()) {
            Element node = open.remove();
            if (!seen.add(node) || isDurableBefore(node)) {
                continue;
            }
            if (isOrigin(node)) {
                return Optional.of(node);
            }
            enteredBefore(node).forEach(open::add);
        }
        return Optional.empty();
    }

    /** A handler of compensation gets no job, whatever the model says. */
    private static boolean isDurableBefore(Element node) {
        return !ModelXml.isTrue(node, "isForCompensation") && isAsynchronous(node, "asyncBefore", "async");
    }

    private static boolean isAsynchronous(Element node, String... attributes) {
        return Stream.concat(
                        Stream.of(node),
                        ModelXml.children(node).filter(child -> ModelXml.is(child, "multiInstanceLoopCharacteristics")))
                .anyMatch(element -> Stream.of(attributes).anyMatch(name -> ModelXml.isTrue(element, name)));
    }

    /** A node at which the engine can begin in somebody's thread: an unrecorded start, or one that nothing leads to. */
    private boolean isOrigin(Element node) {
        if (ModelXml.is(node, "startEvent")) {
            Element scope = flow.scopeOf(node);
            return ModelXml.is(scope, "process")
                    && !FlowGraph.hasDefinition(node, "timerEventDefinition")
                    && ModelXml.property(scope, "lockstep.start")
                            .filter("dispatched"::equals)
                            .isEmpty();
        }
        return !ModelXml.is(node, "boundaryEvent") && leftBefore(node).findAny().isEmpty();
    }

    /** The nodes that were entered before this one without a durable point in between. */
    private Stream<Element> enteredBefore(Element node) {
        return switch (String.valueOf(node.getLocalName())) {
            case "startEvent" -> aroundStart(node);
            case "boundaryEvent" -> flow.host(node);
            default -> leftBefore(node).flatMap(this::enteredBeforeLeaving);
        };
    }

    /** The nodes whose completion hands a token to this one. */
    private Stream<Element> leftBefore(Element node) {
        Stream<Element> byFlow = Stream.concat(flow.sources(node), flow.linkSources(node));
        return ModelXml.isTrue(node, "isForCompensation") ? flow.undoneBy(node) : byFlow;
    }

    private Stream<Element> aroundStart(Element start) {
        Element scope = flow.scopeOf(start);
        if (!FlowGraph.isEventSubProcess(scope)) {
            return FlowGraph.isSubProcess(scope) ? Stream.of(scope) : Stream.empty();
        }
        if (isTrigger(start)) {
            return Stream.empty();
        }
        Element around = flow.scopeOf(scope);
        return FlowGraph.isSubProcess(around) ? Stream.of(around) : flow.starts(around);
    }

    /** A completed sub-process was left through one of its last nodes, any other node through itself. */
    private Stream<Element> enteredBeforeLeaving(Element node) {
        if (isDurableBehind(node)) {
            return Stream.empty();
        }
        List<Element> last = FlowGraph.isSubProcess(node) ? flow.lastNodes(node).toList() : List.of();
        return last.isEmpty() ? Stream.of(node) : last.stream().flatMap(this::enteredBeforeLeaving);
    }

    /** Whether the engine has committed when the token leaves the node. */
    private static boolean isDurableBehind(Element node) {
        return isAsynchronous(node, "asyncAfter")
                || switch (String.valueOf(node.getLocalName())) {
                    case "userTask", "receiveTask" -> true;
                    case "intermediateCatchEvent", "boundaryEvent" -> isTrigger(node);
                    default ->
                        ModelXml.attribute(node, "type")
                                .filter("external"::equals)
                                .isPresent();
                };
    }

    /** An event that comes from outside or from a timer's job; a condition may hold at once. */
    private static boolean isTrigger(Element event) {
        return FlowGraph.hasDefinition(
                event, "timerEventDefinition", "messageEventDefinition", "signalEventDefinition");
    }
}
