package dev.lockstep.policy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.lookup.StringLookup;
import org.jspecify.annotations.Nullable;

/**
 * The value of a field of a schema: text with variables like <code>${username}</code>, <code>${password|url}</code> and
 * <code>${target.port:-5432}</code>. What is put in is never looked at for variables again, and variables are found in
 * what is given only: not in the environment, in files or in scripts.
 */
final class SchemaTemplate {

    /** Advice about how to write one. */
    static final String FORMS = "write ${name}, ${name|url} for a part of a URL, or ${target.name:-otherwise}";

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}$]*)}");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)(\\|url)?(?::-([^|]+))?");

    /** Nothing is escaped by it, because no configuration file may have it. */
    private static final char NOTHING = '\0';

    private static final char BEGIN = '\1';
    private static final char END = '\2';

    private SchemaTemplate() {}

    /**
     * A place in a template.
     *
     * @param otherwise what stands there when there is no such variable; null when there must be one
     */
    record Variable(String name, boolean url, @Nullable String otherwise) {

        private static Optional<Variable> of(String text) {
            Matcher matcher = VARIABLE.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Variable(matcher.group(1), matcher.group(2) != null, matcher.group(3)))
                    : Optional.empty();
        }

        private static Variable sound(String text) {
            return of(text).orElseThrow(() -> new IllegalArgumentException("no variable"));
        }

        private String written(String value) {
            return url ? inUrl(value) : value;
        }
    }

    /** Why it cannot be understood; empty when it can. */
    static Optional<String> objection(String template) {
        if (PLACE.matcher(template).replaceAll("").contains("${")) {
            return Optional.of("has a variable that is not closed, or one in another");
        }
        return PLACE.matcher(template)
                .results()
                .filter(place -> Variable.of(place.group(1)).isEmpty())
                .findFirst()
                .map(place -> "has no variable '" + place.group(1) + "'");
    }

    /** The variables of one that can be understood. */
    static List<Variable> variables(String template) {
        return PLACE.matcher(template)
                .results()
                .map(place -> Variable.sound(place.group(1)))
                .toList();
    }

    /**
     * Puts values in.
     *
     * @param values null for what is not there
     * @throws IllegalArgumentException with the name of a variable that is not there
     */
    static String fill(String template, UnaryOperator<@Nullable String> values) {
        return substitutor(text -> value(Variable.sound(text), values)).replace(template);
    }

    private static @Nullable String value(Variable variable, UnaryOperator<@Nullable String> values) {
        String value = values.apply(variable.name());
        return value == null ? null : variable.written(value);
    }

    /**
     * The same for templates that give the same for all values, and another one for those that do not: each variable is
     * put in as a sign that cannot stand in a file.
     */
    static String meaning(String template) {
        return substitutor(text -> sign(Variable.sound(text)))
                .setValueDelimiter("")
                .replace(template);
    }

    private static String sign(Variable variable) {
        String sign = BEGIN + variable.name() + END;
        return variable.written(variable.otherwise() == null ? sign : sign + variable.otherwise() + END);
    }

    private static StringSubstitutor substitutor(StringLookup values) {
        return new StringSubstitutor(values)
                .setEscapeChar(NOTHING)
                .setDisableSubstitutionInValues(true)
                .setEnableUndefinedVariableException(true);
    }

    /** As RFC 3986 writes it in any part of a URL: everything but its unreserved characters in percent. */
    private static String inUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
