package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Signal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what people and programs send, and refuses what is malformed with the name of the field. */
final class Inputs {

    /** The longest reason that the ledger keeps. */
    static final int LONGEST_REASON = 1000;

    /** The longest number of its own that a sender gives a report. */
    static final int LONGEST_ID = 200;

    /** Who may say that a report comes from there; vendors have ways in of their own. */
    static final Signal.Source[] REPORTERS = {Signal.Source.HUMAN, Signal.Source.SCANNER};

    private static final int LONGEST_SEARCH = 255;
    private static final int MOST_LABELS = 20;
    private static final int LONGEST_LABEL = 100;
    private static final Pattern CONSUMER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,62}");
    private static final Pattern OPERATION = Pattern.compile("(?:op-)?([1-9][0-9]{0,17})");
    private static final Pattern INCIDENT = Pattern.compile("(?:inc-)?([1-9][0-9]{0,17})");
    private static final Pattern DRILL = Pattern.compile("(?:drill-)?([1-9][0-9]{0,17})");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./:@-]*");
    private static final Pattern PLAN = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9_.-]*");

    private Inputs() {}

    static CredentialName name(String environment, String team, String system, String what) {
        return CredentialName.of(environment + '/' + team + '/' + system + '/' + what);
    }

    /** The number of an operation that is named {@code op-17} or {@code 17}. */
    static long operation(String id) {
        return operation("id", id);
    }

    static long operation(String field, String id) {
        Matcher matcher = OPERATION.matcher(id);
        if (!matcher.matches()) {
            throw new InvalidInput(field, "an operation is named like op-17 or 17");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The number of an incident that is named {@code inc-4} or {@code 4}. */
    static long incident(String id) {
        Matcher matcher = INCIDENT.matcher(id);
        if (!matcher.matches()) {
            throw new InvalidInput("id", "an incident is named like inc-4 or 4");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The number of a drill that is named {@code drill-7} or {@code 7}. */
    static long drill(String id) {
        Matcher matcher = DRILL.matcher(id);
        if (!matcher.matches()) {
            throw new InvalidInput("id", "a drill is named like drill-7 or 7");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** What is to be rehearsed. */
    static Drill.Scenario scenario(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInput("scenario", "say what is to be rehearsed, for example dead-target");
        }
        return choice("scenario", text, Drill.Scenario.LEAK, Drill.Scenario.values());
    }

    /** One of the constants by its lower-case name; {@code otherwise} when none is given. */
    static <E extends Enum<E>> E choice(String field, @Nullable String text, E otherwise, E[] allowed) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        return Stream.of(allowed)
                .filter(each -> Labels.text(each).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        field,
                        field + " is one of "
                                + Stream.of(allowed).map(Labels::text).collect(Collectors.joining(", "))));
    }

    /** A sender's own number of something; null when none is given. */
    static @Nullable String id(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST_ID || !ID.matcher(text).matches()) {
            throw new InvalidInput(
                    field, field + " has at most " + LONGEST_ID + " letters, digits and the characters _ . / : @ -");
        }
        return text;
    }

    /** Where something was seen; null when nothing is given. */
    static @Nullable String location(@Nullable String text) {
        return text == null || text.isBlank() ? null : printable("location", text.strip(), LONGEST_REASON);
    }

    static String note(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInput(
                    "note", "a note for the record is needed: what was seen where; put no secret into it");
        }
        return printable("note", text.strip(), LONGEST_REASON);
    }

    /** The number of a batch. */
    static long batch(String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw new InvalidInput("id", "a batch has a number like 3");
        }
        return Long.parseLong(id);
    }

    /** The id of a plan. */
    static String plan(String id) {
        if (!PLAN.matcher(id).matches()) {
            throw new InvalidInput("id", "a plan has an id of 16 hexadecimal digits");
        }
        return id;
    }

    /** The id of a commit; null when none is given. */
    static @Nullable String commit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!COMMIT.matcher(text).matches()) {
            throw new InvalidInput("commit", "a commit has an id of 7 to 64 hexadecimal digits");
        }
        return text;
    }

    static String reason(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInput("reason", "a reason for the record is needed; put no secret into it");
        }
        return printable("reason", text.strip(), LONGEST_REASON);
    }

    /** Text to look for; null when none is given. */
    static @Nullable String text(String field, @Nullable String text) {
        return text == null || text.isBlank() ? null : printable(field, text.strip(), LONGEST_SEARCH);
    }

    /** The name of a consumer that is to be registered. */
    static String consumer(String name) {
        if (!CONSUMER.matcher(name).matches()) {
            throw new InvalidInput(
                    "consumer", "the name of a consumer has letters, digits, '-', '_' and '.', at most 128 characters");
        }
        return name;
    }

    /** Labels for choosing; none when none are given. */
    static Map<String, String> labels(@Nullable Map<String, String> labels) {
        if (labels == null) {
            return Map.of();
        }
        boolean fine = labels.size() <= MOST_LABELS
                && labels.entrySet().stream()
                        .allMatch(label -> LABEL.matcher(label.getKey()).matches()
                                && label.getValue() != null
                                && label.getValue().length() <= LONGEST_LABEL);
        if (!fine) {
            throw new InvalidInput(
                    "labels",
                    "at most " + MOST_LABELS
                            + " labels of letters, digits, '-', '_', '.' and '/', with values of at most "
                            + LONGEST_LABEL + " characters");
        }
        labels.values().forEach(value -> printable("labels", value, LONGEST_LABEL));
        return labels;
    }

    /** One segment of a credential name; null when none is given. */
    static @Nullable String segment(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > CredentialName.MAX_LENGTH || !SEGMENT.matcher(text).matches()) {
            throw new InvalidInput(field, field + " is lower-case letters, digits, '-', '_' and '.'");
        }
        return text;
    }

    static int between(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidInput(field, field + " is a number from " + least + " to " + most);
        }
        return value;
    }

    private static String printable(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new InvalidInput(field, field + " has at most " + longest + " characters");
        }
        if (!text.codePoints().allMatch(Inputs::printable)) {
            throw new InvalidInput(field, field + " must not hold control, formatting or direction characters");
        }
        return text;
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
