package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that a field of a schema must not have, each with the rule that it breaks; made from the schema. */
final class WrongValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ODD_TEXTS =
            List.of("", "no such value", "${nowhere", "äöü", "!", "-", "/../", "x".repeat(300), "NO_SUCH");
    private static final List<String> NO_DURATIONS = List.of("soon", "PT", "PT-1H", "P1000Y", "P1M", "PT0.5S");

    /** Longer texts never come as far as a schema. */
    private static final int LONGEST_LINE = 65_000;

    private final List<JsonNode> rules;
    private final Map<String, JsonNode> wrong = new LinkedHashMap<>();

    private WrongValues(List<JsonNode> rules) {
        this.rules = rules;
    }

    /** By the rule that is broken; at least one for each field. */
    static Map<String, JsonNode> of(SchemaFields.Field field) {
        WrongValues values = new WrongValues(field.rules());
        values.types();
        values.numbers();
        values.texts();
        values.lists();
        return values.wrong;
    }

    private Set<String> allowedTypes() {
        Set<String> types = new LinkedHashSet<>();
        for (JsonNode rule : rules) {
            JsonNode type = rule.path("type");
            if (type.isTextual()) {
                types.add(type.asText());
            }
            type.forEach(one -> types.add(one.asText()));
            if (rule.has("enum") || rule.has("const")) {
                types.add("string");
            }
        }
        return types;
    }

    private void types() {
        Set<String> allowed = allowedTypes();
        if (allowed.isEmpty()) {
            return;
        }
        Map<String, JsonNode> byType = new LinkedHashMap<>();
        byType.put("object", JSON.objectNode().put("no", "mapping"));
        byType.put("array", JSON.arrayNode().add(JSON.arrayNode().add("no list")));
        byType.put("string", JSON.textNode("no such value"));
        byType.put("number", JSON.numberNode(12345.5));
        byType.put("boolean", JSON.booleanNode(true));
        byType.put("null", JSON.nullNode());
        byType.forEach((type, value) -> {
            if (!allowed.contains(type)) {
                wrong.put(type + " for " + String.join(" or ", allowed), value);
            }
        });
    }

    private void numbers() {
        for (JsonNode rule : rules) {
            if (rule.has("minimum")) {
                wrong.put("minimum", JSON.numberNode(rule.path("minimum").asLong() - 1));
            }
            if (rule.has("maximum")) {
                wrong.put("maximum", JSON.numberNode(rule.path("maximum").asLong() + 1));
            }
        }
    }

    private void texts() {
        for (JsonNode rule : rules) {
            if (rule.has("enum") || rule.has("const")) {
                wrong.put("unknown word", JSON.textNode("no-such-value"));
            }
            if (rule.has("pattern")) {
                Pattern pattern = Pattern.compile(rule.path("pattern").asText());
                ODD_TEXTS.stream()
                        .filter(text -> !pattern.matcher(text).find())
                        .limit(3)
                        .forEach(text -> wrong.put("pattern '" + text + "'", JSON.textNode(text)));
            }
            if (rule.path("maxLength").asInt(LONGEST_LINE) < LONGEST_LINE) {
                wrong.put(
                        "maxLength",
                        JSON.textNode("a".repeat(rule.path("maxLength").asInt() + 1)));
            }
            if (rule.path("minLength").asInt() > 0) {
                wrong.put("minLength", JSON.textNode(""));
            }
            if (rule.path("format").asText().equals("duration")) {
                NO_DURATIONS.forEach(text -> wrong.put("duration " + text, JSON.textNode(text)));
            }
        }
    }

    private void lists() {
        for (JsonNode rule : rules) {
            if (rule.path("minItems").asInt() > 0) {
                wrong.put("minItems", JSON.arrayNode());
            }
            if (rule.path("minProperties").asInt() > 0) {
                wrong.put("minProperties", JSON.objectNode());
            }
            if (rule.has("maxItems")) {
                var many = JSON.arrayNode();
                IntStream.rangeClosed(0, rule.path("maxItems").asInt()).forEach(i -> many.add("entry-" + i));
                wrong.put("maxItems", many);
            }
            if (rule.has("maxProperties")) {
                var many = JSON.objectNode();
                IntStream.rangeClosed(0, rule.path("maxProperties").asInt()).forEach(i -> many.put("entry-" + i, "x"));
                wrong.put("maxProperties", many);
            }
            if (rule.path("uniqueItems").asBoolean()) {
                wrong.put("uniqueItems", JSON.arrayNode().add("twice").add("twice"));
            }
        }
    }

    /** Keys that must not be missing, as far as a condition does not decide. */
    static List<String> required(SchemaFields.Field field) {
        Set<String> keys = new LinkedHashSet<>();
        field.rules().forEach(rule -> rule.path("required").forEach(key -> keys.add(key.asText())));
        return new ArrayList<>(keys);
    }

    /** Keys that must not be there, by the rule that is broken. */
    static Map<String, String> keys(SchemaFields.Field field) {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (JsonNode rule : field.rules()) {
            JsonNode others = rule.path("additionalProperties");
            if (others.isBoolean() && !others.asBoolean()) {
                wrong.put("unknown key", "no-such-field");
            }
            if (rule.path("propertyNames").has("pattern")) {
                Pattern pattern = Pattern.compile(
                        rule.path("propertyNames").path("pattern").asText());
                Stream.of("bad key", "!", "ä")
                        .filter(key -> !pattern.matcher(key).find())
                        .forEach(key -> wrong.put("key '" + key + "'", key));
            }
        }
        return wrong;
    }
}
