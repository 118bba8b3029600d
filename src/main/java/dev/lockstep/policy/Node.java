package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value in a configuration file that knows its place. */
sealed interface Node {

    /** Where the value begins. */
    Place place();

    /** Where its key stands; the value's own place when it has none. */
    Place key();

    /** Path from the document's root, for example {@code retries.backoff[1]}. */
    String path();

    /** The value as JSON. */
    JsonNode json();

    /** The value below the given keys; empty when there is none. */
    default Optional<Node> at(String... keys) {
        Optional<Node> node = Optional.of(this);
        for (String key : keys) {
            node = node.flatMap(parent -> parent instanceof Mapping mapping
                    ? Optional.ofNullable(mapping.fields.get(key))
                    : Optional.empty());
        }
        return node;
    }

    /** The text below the given keys; empty when there is none or it is no text. */
    default Optional<String> text(String... keys) {
        return at(keys).filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .filter(scalar -> scalar.json.isTextual())
                .map(Scalar::text);
    }

    /** The entries of a list, or the values of a mapping; none for anything else. */
    default List<Node> children() {
        return List.of();
    }

    /** Path of a child with the given key. */
    default String child(String key) {
        String safe = key.length() <= 80 ? key : key.substring(0, 80) + "...";
        return path().isEmpty() ? safe : path() + '.' + safe;
    }

    /** Text, a number, true, false or nothing. */
    record Scalar(Place place, Place key, String path, JsonNode json, String text) implements Node {}

    /** Keys with values, in the order of the file. */
    record Mapping(Place place, Place key, String path, Map<String, Node> fields) implements Node {
        public Mapping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, value) -> json.set(name, value.json()));
            return json;
        }

        @Override
        public List<Node> children() {
            return List.copyOf(fields.values());
        }
    }

    /** A list. */
    record Sequence(Place place, Place key, String path, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode json() {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> json.add(item.json()));
            return json;
        }

        @Override
        public List<Node> children() {
            return items;
        }
    }
}
