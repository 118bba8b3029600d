package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All fields that a schema knows, wherever they stand in it: behind references, conditions and combinations too. */
final class SchemaFields {

    /** What stands for the entry of a list in a path. */
    static final String ITEM = "[]";

    /** What stands for a key of one's own choice in a path. */
    static final String ANY_KEY = "{}";

    /**
     * One field.
     *
     * @param path keys from the document's root, with {@link #ITEM} and {@link #ANY_KEY} in it; empty for the document
     * @param rules all that the schema says about it, each with its references followed
     */
    record Field(List<String> path, List<JsonNode> rules) {

        String description() {
            return rules.stream()
                    .map(rule -> rule.path("description").asText(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public String toString() {
            return path.isEmpty() ? "(document)" : String.join(".", path).replace("." + ITEM, ITEM);
        }
    }

    private final JsonNode root;
    private final Map<List<String>, Field> found = new LinkedHashMap<>();

    private SchemaFields(JsonNode root) {
        this.root = root;
    }

    static List<Field> of(JsonNode schema) {
        SchemaFields fields = new SchemaFields(schema);
        fields.walk(List.of(), List.of(schema));
        return List.copyOf(fields.found.values());
    }

    private void walk(List<String> path, List<JsonNode> schemas) {
        List<JsonNode> rules =
                schemas.stream().flatMap(this::parts).filter(JsonNode::isObject).toList();
        if (rules.isEmpty()) {
            return;
        }
        found.put(path, new Field(path, rules));
        Map<String, List<JsonNode>> below = new LinkedHashMap<>();
        for (JsonNode rule : rules) {
            rule.path("properties")
                    .properties()
                    .forEach(entry -> below.computeIfAbsent(entry.getKey(), unused -> new ArrayList<>())
                            .add(entry.getValue()));
            if (rule.path("items").isObject()) {
                below.computeIfAbsent(ITEM, unused -> new ArrayList<>()).add(rule.path("items"));
            }
            if (rule.path("additionalProperties").isObject()) {
                below.computeIfAbsent(ANY_KEY, unused -> new ArrayList<>()).add(rule.path("additionalProperties"));
            }
        }
        below.forEach((key, values) ->
                walk(Stream.concat(path.stream(), Stream.of(key)).toList(), values));
    }

    /** A schema, what it refers to, and the alternatives in it; never what an {@code if} or {@code not} says. */
    private Stream<JsonNode> parts(JsonNode schema) {
        Stream<JsonNode> parts = Stream.of(schema);
        if (schema.has("$ref")) {
            JsonNode referred = root.at(schema.path("$ref").asText().substring(1));
            if (referred.isMissingNode()) {
                throw new IllegalStateException("no " + schema.path("$ref"));
            }
            parts = Stream.concat(parts, parts(referred));
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            for (JsonNode part : schema.path(keyword)) {
                parts = Stream.concat(parts, parts(part));
            }
        }
        for (String keyword : List.of("then", "else")) {
            if (schema.has(keyword)) {
                parts = Stream.concat(parts, parts(schema.path(keyword)));
            }
        }
        return parts;
    }
}
