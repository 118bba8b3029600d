package dev.lockstep.process.dryrun;

import dev.lockstep.port.DryRuns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;

/** Draws a model's own diagram as SVG, with the path that a run has taken: numbers, colours and thick flows. */
final class PathPicture {

    private static final int MARGIN = 20;
    private static final int LINE = 14;
    private static final int CHARACTERS = 15;

    private final BpmnModelInstance model;
    private final Map<String, List<Integer>> visits = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> flows;
    private final Set<String> standing;

    PathPicture(
            BpmnModelInstance model, List<DryRuns.Entry> path, Collection<String> flows, Collection<String> standing) {
        this.model = model;
        this.flows = Set.copyOf(flows);
        this.standing = Set.copyOf(standing);
        for (int i = 0; i < path.size(); i++) {
            visits.computeIfAbsent(path.get(i).activity(), id -> new ArrayList<>())
                    .add(i + 1);
            if (path.get(i).problem() != null) {
                failed.add(path.get(i).activity());
            }
        }
    }

    /** Null when the model has no diagram. */
    @Nullable
    String svg() {
        Collection<BpmnShape> shapes = model.getModelElementsByType(BpmnShape.class);
        if (shapes.isEmpty()) {
            return null;
        }
        StringBuilder body = new StringBuilder();
        shapes.stream()
                .filter(shape -> shape.getBpmnElement() instanceof SubProcess)
                .forEach(shape -> body.append(shape(shape)));
        model.getModelElementsByType(BpmnEdge.class).forEach(edge -> body.append(edge(edge)));
        shapes.stream()
                .filter(shape -> !(shape.getBpmnElement() instanceof SubProcess))
                .forEach(shape -> body.append(shape(shape)));
        return frame(shapes) + body + "</svg>";
    }

    private String frame(Collection<BpmnShape> shapes) {
        DoubleSummaryStatistics across = new DoubleSummaryStatistics();
        DoubleSummaryStatistics down = new DoubleSummaryStatistics();
        for (BpmnShape shape : shapes) {
            Bounds box = shape.getBounds();
            across.accept(box.getX());
            across.accept(box.getX() + box.getWidth());
            down.accept(box.getY());
            down.accept(box.getY() + box.getHeight() + 3 * LINE);
        }
        for (Waypoint point : model.getModelElementsByType(Waypoint.class)) {
            across.accept(point.getX());
            down.accept(point.getY());
        }
        return text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"The path taken\""
                        + " font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\""
                        + " width=\"%3$.0f\" height=\"%4$.0f\""
                        + " viewBox=\"%1$.0f %2$.0f %3$.0f %4$.0f\">"
                        + "<rect x=\"%1$.0f\" y=\"%2$.0f\" width=\"%3$.0f\" height=\"%4$.0f\" fill=\"white\"/>",
                across.getMin() - MARGIN,
                down.getMin() - MARGIN,
                across.getMax() - across.getMin() + 2 * MARGIN,
                down.getMax() - down.getMin() + 2 * MARGIN);
    }

    private String edge(BpmnEdge edge) {
        StringBuilder points = new StringBuilder();
        for (Waypoint point : edge.getWaypoints()) {
            points.append(text("%.0f,%.0f ", point.getX(), point.getY()));
        }
        BaseElement flow = edge.getBpmnElement();
        boolean taken = flow != null && flows.contains(flow.getId());
        String line = taken ? "stroke=\"#1f7a4d\" stroke-width=\"3\"" : "stroke=\"#9aa5b1\" stroke-width=\"1.5\"";
        return "<polyline fill=\"none\" " + line + " points=\""
                + points.toString().strip() + "\"/>";
    }

    private String shape(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds box = shape.getBounds();
        if (!(element instanceof FlowElement node)) {
            return "";
        }
        String name = node.getName() == null ? "" : node.getName();
        return "<g " + colours(node) + ">" + outline(node, box) + "</g>" + label(shape, node, name) + badge(node, box);
    }

    private String colours(FlowElement node) {
        if (standing.contains(node.getId())) {
            return "fill=\"#dbeafe\" stroke=\"#1b6ac9\" stroke-width=\"3\"";
        }
        if (failed.contains(node.getId())) {
            return "fill=\"#fde8d8\" stroke=\"#b3540e\" stroke-width=\"2.5\"";
        }
        if (!visits.containsKey(node.getId())) {
            return "fill=\"white\" stroke=\"#9aa5b1\" stroke-width=\"1.5\"";
        }
        String fill = node instanceof SubProcess ? "white" : "#e6f4ea";
        return "fill=\"" + fill + "\" stroke=\"#1f7a4d\" stroke-width=\"2.5\"";
    }

    private static String outline(FlowElement node, Bounds box) {
        double x = box.getX();
        double y = box.getY();
        double width = box.getWidth();
        double height = box.getHeight();
        if (node instanceof Event) {
            String ring = node instanceof StartEvent || node instanceof EndEvent
                    ? ""
                    : text(
                            "<circle cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"/>",
                            x + width / 2, y + height / 2, width / 2 - 3);
            String kind = node instanceof EndEvent ? " stroke-width=\"4\"" : "";
            return text(
                            "<circle%s cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"/>",
                            kind, x + width / 2, y + height / 2, width / 2)
                    + ring;
        }
        if (node instanceof Gateway) {
            return text(
                    "<polygon points=\"%.0f,%.0f %.0f,%.0f %.0f,%.0f %.0f,%.0f\"/>",
                    x + width / 2, y, x + width, y + height / 2, x + width / 2, y + height, x, y + height / 2);
        }
        return text("<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"10\"/>", x, y, width, height);
    }

    private static String label(BpmnShape shape, FlowElement node, String name) {
        if (name.isBlank()) {
            return "";
        }
        Bounds box = shape.getBounds();
        List<String> lines = wrapped(name);
        double middle = box.getX() + box.getWidth() / 2;
        double top = box.getY() + box.getHeight() / 2 - (lines.size() - 1) * LINE / 2.0 + 4;
        if (shape.getBpmnLabel() != null && shape.getBpmnLabel().getBounds() != null) {
            Bounds place = shape.getBpmnLabel().getBounds();
            middle = place.getX() + place.getWidth() / 2;
            top = place.getY() + LINE - 2;
        } else if (node instanceof Event || node instanceof Gateway) {
            top = box.getY() + box.getHeight() + LINE;
        } else if (node instanceof SubProcess) {
            top = box.getY() + LINE + 4;
        }
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            label.append(text(
                    "<text fill=\"#1f2933\" x=\"%.0f\" y=\"%.0f\">%s</text>",
                    middle, top + i * LINE, escaped(lines.get(i))));
        }
        return label.toString();
    }

    private static List<String> wrapped(String name) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : name.strip().split("\\s+")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > CHARACTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String badge(FlowElement node, Bounds box) {
        List<Integer> numbers = visits.getOrDefault(node.getId(), List.of());
        if (numbers.isEmpty()) {
            return "";
        }
        String shown = numbers.size() == 1 ? "" + numbers.get(0) : numbers.get(0) + " ×" + numbers.size();
        return text(
                "<text fill=\"#1f7a4d\" font-weight=\"bold\" x=\"%.0f\" y=\"%.0f\">%s</text>",
                box.getX() + box.getWidth(), box.getY() - 3, shown);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
