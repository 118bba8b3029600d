package dev.lockstep.policy;

import dev.lockstep.domain.InvalidInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The fields of one document. What is missing or of the wrong type counts as absent here, because the schema has
 * complained about it already.
 */
record Fields(Node document, Problems problems) {

    Optional<Node> at(String... keys) {
        return document.at(keys);
    }

    Optional<String> text(String... keys) {
        return document.text(keys);
    }

    int number(int otherwise, String... keys) {
        return at(keys).map(Node::json)
                .filter(json -> json.canConvertToInt())
                .map(json -> json.asInt())
                .orElse(otherwise);
    }

    List<String> texts(List<String> otherwise, String... keys) {
        return at(keys).map(Fields::texts).filter(texts -> !texts.isEmpty()).orElse(otherwise);
    }

    private static List<String> texts(Node node) {
        return node.children().stream().flatMap(child -> child.text().stream()).toList();
    }

    /** The duration in a field within the bounds; empty when absent or refused. */
    Optional<Duration> duration(Duration least, Duration most, String... keys) {
        return at(keys).flatMap(node -> duration(node, least, most));
    }

    /** The duration in a node within the bounds; empty when it is no text or refused. */
    Optional<Duration> duration(Node node, Duration least, Duration most) {
        return node.text().flatMap(text -> parse(node, text, least, most));
    }

    private Optional<Duration> parse(Node node, String text, Duration least, Duration most) {
        String advice = "write " + Durations.words(least) + " to " + Durations.words(most)
                + " in weeks, days, hours, minutes and seconds, for example P30D or PT12H";
        try {
            Duration duration = Durations.parse(text);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return Optional.of(duration);
            }
            String side = duration.compareTo(least) < 0 ? " is out of range: too short" : " is out of range: too long";
            problems.add(node, Echo.of(node) + side, advice);
        } catch (InvalidInput e) {
            problems.add(node, Echo.of(node) + " " + e.getMessage(), advice);
        }
        return Optional.empty();
    }
}
