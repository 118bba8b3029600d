package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a credential as a YAML document: a field a line, and quotes wherever a text could be read as something else.
 */
final class CredentialYaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private CredentialYaml() {}

    static String of(JsonNode credential) {
        StringBuilder yaml = new StringBuilder("kind: Credential\n");
        for (String field : order(credential)) {
            yaml.append(field)
                    .append(": ")
                    .append(value(credential.path(field)))
                    .append('\n');
        }
        return yaml.toString();
    }

    private static List<String> order(JsonNode credential) {
        List<String> order = new ArrayList<>(
                CredentialFields.ALL.stream().filter(credential::has).toList());
        credential.fieldNames().forEachRemaining(field -> {
            if (!order.contains(field) && !field.equals("kind")) {
                order.add(field);
            }
        });
        return order;
    }

    private static String value(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> text(entry.getKey()) + ": " + value(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            Stream.Builder<String> items = Stream.builder();
            node.forEach(item -> items.add(value(item)));
            return items.build().collect(Collectors.joining(", ", "[", "]"));
        }
        return node.isTextual() ? text(node.asText()) : node.toString();
    }

    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : TextNode.valueOf(text).toString();
    }

    /** What people read above a document; never anything else than words, numbers and times. */
    static String comment(Map<String, String> state) {
        return state.entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining(", ", "# ", "\n"));
    }
}
