package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what a schema does not allow into place, problem and advice; the advice is the schema's own description. */
final class SchemaMessages {

    private static final Map<String, String> ARTICLES = Map.of(
            "object",
            "a mapping",
            "array",
            "a list",
            "string",
            "text",
            "integer",
            "a whole number",
            "number",
            "a number",
            "boolean",
            "true or false");

    private final JsonNode schema;
    private final Node document;
    private final Problems problems;

    SchemaMessages(JsonNode schema, Node document, Problems problems) {
        this.schema = schema;
        this.document = document;
        this.problems = problems;
    }

    void add(Error error) {
        Node node = find(error.getInstanceLocation());
        JsonNode rule = rule(error);
        switch (error.getKeyword()) {
            case "required" -> missing(node, error);
            case "additionalProperties" -> unknown(node, error.getProperty(), rule);
            case "dependentRequired" -> dependent(node, rule);
            case "not" ->
                problems.add(
                        node, names(rule.path("not").path("required")) + " exclude each other", "keep one of them");
            case "propertyNames" -> badName(node, error.getProperty());
            default -> problems.add(node, problem(node, error.getKeyword(), rule), advice(error.getKeyword(), rule));
        }
    }

    private void missing(Node node, Error error) {
        String field = error.getProperty();
        String description = describe(error, field);
        problems.add(
                node.key(), node.child(field), "is missing", "add " + (description.isEmpty() ? "it" : description));
    }

    private void unknown(Node node, String field, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        Place key = node.at(field).map(Node::key).orElse(node.place());
        problems.add(key, node.child(field), "is unknown", Suggestion.of(field, known));
    }

    private void badName(Node node, String name) {
        Place key = node.at(name).map(Node::key).orElse(node.place());
        problems.add(key, node.child(name), "is not accepted as a key", "use letters, digits, '-', '_' and '.'");
    }

    private void dependent(Node node, JsonNode rule) {
        rule.path("dependentRequired")
                .properties()
                .forEach(entry -> entry.getValue().forEach(needed -> {
                    if (node.at(entry.getKey()).isPresent()
                            && node.at(needed.asText()).isEmpty()) {
                        problems.add(
                                node.at(entry.getKey()).orElseThrow(),
                                "does not work without " + needed.asText(),
                                expected(rule));
                    }
                }));
    }

    private static String problem(Node node, String keyword, JsonNode rule) {
        return switch (keyword) {
            case "type" -> found(node, rule);
            case "minItems", "minProperties" -> "has too few entries";
            case "maxItems", "maxProperties" ->
                "has more than " + rule.path(keyword).asText() + " entries";
            case "uniqueItems" -> "names something twice";
            case "maxLength" -> "is longer than " + rule.path(keyword).asText() + " characters";
            case "minimum" ->
                Echo.of(node) + " is less than " + rule.path(keyword).asText();
            case "maximum" ->
                Echo.of(node) + " is more than " + rule.path(keyword).asText();
            default ->
                rule.isBoolean()
                        ? "does not go together with the fields beside it"
                        : Echo.of(node) + " is not accepted";
        };
    }

    private static String advice(String keyword, JsonNode rule) {
        if (rule.isBoolean()) {
            return "remove it";
        }
        JsonNode type = rule.path("type");
        if (keyword.equals("type") && type.isTextual() && !rule.has("description")) {
            return "write " + ARTICLES.getOrDefault(type.asText(), type.asText());
        }
        return expected(rule);
    }

    private static String found(Node node, JsonNode rule) {
        if (node instanceof Node.Scalar scalar) {
            String quote = rule.path("type").asText().equals("string") ? ", not text: put it in quotes" : "";
            return switch (scalar.json().getNodeType()) {
                case NULL -> "is empty";
                case NUMBER -> "is a number" + quote;
                case BOOLEAN -> "is true or false" + quote;
                default -> "is text";
            };
        }
        return node instanceof Node.Mapping ? "is a mapping" : "is a list";
    }

    private static String expected(JsonNode rule) {
        String description = rule.path("description").asText("");
        return description.isEmpty() ? "see docs/configuration.md" : "expected: " + description;
    }

    private static String names(JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.asText()));
        return names.stream().collect(Collectors.joining(" and "));
    }

    /** The description of a field, from the innermost schema around the keyword that has one. */
    private String describe(Error error, String field) {
        String description =
                schema.path("$defs").path(field).path("description").asText("");
        JsonNode around = schema;
        NodePath path = error.getSchemaLocation().getFragment();
        for (int i = 0; i <= path.getNameCount(); i++) {
            description =
                    around.path("properties").path(field).path("description").asText(description);
            around = i < path.getNameCount() ? step(around, path.getElement(i)) : around;
        }
        return description;
    }

    /** The schema object that the violated keyword stands in. */
    private JsonNode rule(Error error) {
        NodePath path = error.getSchemaLocation().getFragment();
        JsonNode rule = schema;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            JsonNode next = step(rule, element);
            boolean keyword = i == path.getNameCount() - 1 && element.equals(error.getKeyword());
            if (keyword || next.isMissingNode()) {
                return rule;
            }
            rule = next;
        }
        return rule;
    }

    private static JsonNode step(JsonNode from, Object element) {
        return element instanceof Integer index ? from.path(index) : from.path(element.toString());
    }

    private Node find(NodePath path) {
        Node node = document;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            if (node instanceof Node.Mapping mapping) {
                node = mapping.fields().getOrDefault(element.toString(), node);
            } else if (node instanceof Node.Sequence sequence) {
                node = sequence.items().get(Integer.parseInt(element.toString()));
            }
        }
        return node;
    }
}
