package dev.lockstep.process.engine.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** The flow of a model, read backwards: from where a token can arrive at a node. */
final class FlowGraph {

    private static final Set<String> SCOPES = Set.of("process", "subProcess", "transaction", "adHocSubProcess");

    private final ModelXml model;
    private final Map<String, Element> byId = new HashMap<>();
    private final Set<String> withFlowOut = new HashSet<>();

    FlowGraph(ModelXml model) {
        this.model = model;
        model.elements()
                .filter(element -> element.hasAttribute("id"))
                .forEach(element -> byId.put(id(element), element));
        model.elements("sequenceFlow").forEach(flow -> withFlowOut.add(flow.getAttribute("sourceRef")));
    }

    static String id(Element element) {
        return element.getAttribute("id");
    }

    static boolean isScope(Element element) {
        return SCOPES.contains(element.getLocalName());
    }

    static boolean isSubProcess(Element element) {
        return isScope(element) && !ModelXml.is(element, "process");
    }

    static boolean isEventSubProcess(Element element) {
        return isSubProcess(element) && ModelXml.isTrue(element, "triggeredByEvent");
    }

    static boolean hasDefinition(Element event, String... names) {
        return ModelXml.children(event)
                .anyMatch(child -> List.of(names).contains(String.valueOf(child.getLocalName())));
    }

    /** The process or sub-process that the node stands in. */
    Element scopeOf(Element node) {
        Element scope = ModelXml.parent(node);
        while (scope != null && !isScope(scope)) {
            scope = ModelXml.parent(scope);
        }
        return Objects.requireNonNullElse(scope, node);
    }

    /** The nodes whose sequence flows lead here. */
    Stream<Element> sources(Element node) {
        return model.elements("sequenceFlow")
                .filter(flow -> flow.getAttribute("targetRef").equals(id(node)))
                .map(flow -> byId.get(flow.getAttribute("sourceRef")))
                .filter(Objects::nonNull);
    }

    /** Where a token may be when the sub-process is about to complete. */
    Stream<Element> lastNodes(Element subProcess) {
        return ModelXml.children(subProcess)
                .filter(child -> child.hasAttribute("id") && !withFlowOut.contains(id(child)))
                .filter(FlowGraph::carriesToken)
                .flatMap(child -> isEventSubProcess(child) ? lastNodes(child) : Stream.of(child));
    }

    private static boolean carriesToken(Element child) {
        String name = String.valueOf(child.getLocalName());
        boolean flowNode = name.endsWith("Event")
                || name.endsWith("Gateway")
                || name.equals("task")
                || name.endsWith("Task")
                || name.equals("callActivity")
                || isScope(child);
        return flowNode
                && !ModelXml.isTrue(child, "isForCompensation")
                && !hasDefinition(child, "compensateEventDefinition");
    }

    /** The start events directly in the process or sub-process. */
    Stream<Element> starts(Element scope) {
        return ModelXml.children(scope).filter(child -> ModelXml.is(child, "startEvent"));
    }

    /** The activity that a boundary event is attached to. */
    Stream<Element> host(Element boundary) {
        return Stream.ofNullable(byId.get(boundary.getAttribute("attachedToRef")));
    }

    /** The activities that a compensation handler undoes. */
    Stream<Element> undoneBy(Element handler) {
        return model.elements("association")
                .filter(association -> association.getAttribute("targetRef").equals(id(handler)))
                .map(association -> byId.get(association.getAttribute("sourceRef")))
                .filter(Objects::nonNull)
                .flatMap(this::host);
    }

    /** The throwing ends of the link that leads to the catching one. */
    Stream<Element> linkSources(Element catching) {
        String name = linkName(catching);
        return model.elements("intermediateThrowEvent")
                .filter(event -> hasDefinition(event, "linkEventDefinition")
                        && linkName(event).equals(name))
                .filter(event -> scopeOf(event) == scopeOf(catching));
    }

    private static String linkName(Element event) {
        return ModelXml.children(event)
                .filter(child -> ModelXml.is(child, "linkEventDefinition"))
                .map(link -> link.getAttribute("name"))
                .findFirst()
                .orElse("");
    }
}
