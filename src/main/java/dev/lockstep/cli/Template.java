package dev.lockstep.cli;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places like {@code {{ prod/shop/postgres/orders-app#password | json }}}. What is not such a place stays
 * as it is, except that one that looks like it is refused.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]*)}}");

    private Template() {}

    /** @param file for the refusal of a malformed place */
    static String fill(String file, String text, Function<SecretField, String> values) {
        Matcher matcher = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            long line = 1
                    + text.substring(0, matcher.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value(file, line, matcher.group(1), values)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String value(String file, long line, String place, Function<SecretField, String> values) {
        String[] parts = place.split("\\|", 2);
        SecretField field;
        Quoting quoting;
        try {
            field = SecretField.of(parts[0]);
            quoting = parts.length == 1 ? Quoting.RAW : Quoting.of(parts[1].strip());
        } catch (CliException malformed) {
            throw CliException.usage(file + ":" + line + ": " + malformed.getMessage());
        }
        return quoting.apply(values.apply(field));
    }
}
