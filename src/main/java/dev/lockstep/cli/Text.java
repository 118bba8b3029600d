package dev.lockstep.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as people read and write them. */
final class Text {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

    private Text() {}

    /** A moment to the minute, in UTC; what is no moment stays as it is. */
    static String moment(String text) {
        try {
            return MOMENT.format(Instant.parse(text));
        } catch (DateTimeParseException other) {
            return text;
        }
    }

    /** A length of time like 90s, 10m, 2h, 1d or PT10M. */
    static Duration duration(String option, String text) {
        Matcher matcher = LENGTH.matcher(text);
        try {
            Duration length = matcher.matches()
                    ? Duration.parse(
                            matcher.group(2).equals("d")
                                    ? "P" + matcher.group(1) + "D"
                                    : "PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT))
                    : Duration.parse(text);
            if (!length.isNegative() && !length.isZero()) {
                return length;
            }
        } catch (DateTimeParseException malformed) {
            // Refused below.
        }
        throw CliException.usage(option + " is a length of time like 90s, 10m, 2h or 1d.");
    }

    /** A length of time as short as it can be said. */
    static String brief(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
                : "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
    }

    /** Text of the server or of a file without what a terminal would take as a command. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    static String cut(String text, int width) {
        return width(text) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }
}
