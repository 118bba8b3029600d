package dev.lockstep.process.engine.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form that a person fills in.
 *
 * @param shown the field only shows a value, so that it may come back unchanged
 * @param required an answer is demanded
 * @param options the only answers; empty where any text is one
 */
record FormField(
        String key, Kind kind, boolean shown, boolean required, Set<String> options, int longest, String pattern) {

    /** The engine keeps no longer text in a variable. */
    private static final int LONGEST_TEXT = 4000;

    private static final Set<String> TEXTS = Set.of("textfield", "textarea", "datetime");
    private static final Set<String> CHOICES = Set.of("radio", "select");

    /** What a value looks like. */
    enum Kind {
        TEXT,
        CHOICE,
        NUMBER,
        CHECK
    }

    /** Empty for components that take no plain answer. */
    static Optional<FormField> of(JsonNode component) {
        String key = component.path("key").asText("");
        Optional<Kind> kind = kind(component.path("type").asText(""));
        if (key.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        JsonNode rules = component.path("validate");
        Set<String> options = new HashSet<>();
        component
                .path("values")
                .forEach(option -> options.add(option.path("value").asText()));
        return Optional.of(new FormField(
                key,
                kind.get(),
                component.path("disabled").asBoolean()
                        || component.path("readonly").asBoolean(),
                rules.path("required").asBoolean()
                        && component.path("conditional").isMissingNode(),
                options,
                Math.min(rules.path("maxLength").asInt(LONGEST_TEXT), LONGEST_TEXT),
                rules.path("pattern").asText("")));
    }

    private static Optional<Kind> kind(String type) {
        if (TEXTS.contains(type)) {
            return Optional.of(Kind.TEXT);
        }
        if (CHOICES.contains(type)) {
            return Optional.of(Kind.CHOICE);
        }
        return switch (type) {
            case "number" -> Optional.of(Kind.NUMBER);
            case "checkbox" -> Optional.of(Kind.CHECK);
            default -> Optional.empty();
        };
    }

    /** What is wrong with the answer; empty when it is acceptable. */
    Optional<String> complaint(@Nullable Object answer, @Nullable Object shownValue) {
        if (shown) {
            return answer == null || String.valueOf(answer).equals(String.valueOf(shownValue))
                    ? Optional.empty()
                    : Optional.of("'" + key + "' is only shown by the form and cannot be changed");
        }
        if (answer == null || answer.equals("")) {
            return required ? Optional.of("'" + key + "' needs an answer") : Optional.empty();
        }
        return switch (kind) {
            case TEXT -> ofText(answer);
            case CHOICE -> ofChoice(answer);
            case NUMBER -> answer instanceof Number ? Optional.empty() : Optional.of("'" + key + "' must be a number");
            case CHECK ->
                answer instanceof Boolean ? Optional.empty() : Optional.of("'" + key + "' must be true or false");
        };
    }

    private Optional<String> ofChoice(Object answer) {
        return answer instanceof String && options.contains(Objects.toString(answer))
                ? Optional.empty()
                : Optional.of("'" + key + "' must be one of "
                        + options.stream().sorted().toList());
    }

    private Optional<String> ofText(Object answer) {
        if (!(answer instanceof String text)) {
            return Optional.of("'" + key + "' must be a text");
        }
        if (text.length() > longest) {
            return Optional.of("'" + key + "' is longer than " + longest + " characters");
        }
        return matches(text) ? Optional.empty() : Optional.of("'" + key + "' does not match " + pattern);
    }

    private boolean matches(String text) {
        try {
            return pattern.isEmpty() || Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
