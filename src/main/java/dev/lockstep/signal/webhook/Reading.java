package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fields of reports. */
final class Reading {

    private static final int LONGEST = 1000;

    private Reading() {}

    /** A text; empty when it is missing or no text. */
    static String text(JsonNode node, String pointer) {
        String text = node.at(pointer).asText("");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** The same; null instead of empty. */
    static @Nullable String link(JsonNode node, String pointer) {
        String text = text(node, pointer);
        return text.isBlank() ? null : text;
    }

    /** A found value; null when none is told. */
    static @Nullable SecretValue secret(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? SecretValue.of(value.textValue()) : null;
    }

    /** One of the constants by its lower-case name; {@code otherwise} when none is given. */
    static <E extends Enum<E>> E choice(JsonNode node, String field, E otherwise, Class<E> type) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(value.asText())) {
                return each;
            }
        }
        throw new InvalidInput("data." + field, field + " has a value that is not known");
    }

    static InvalidInput malformed(String expected) {
        return new InvalidInput("body", "the body is not " + expected);
    }
}
