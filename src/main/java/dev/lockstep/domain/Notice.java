package dev.lockstep.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a group of people, or a consumer, should hear about, wherever its channels lead. Never carries a
 * secret.
 *
 * @param kind what it is about in the form {@code noun.verb}, for example {@code task.open}
 * @param severity {@code info}, {@code low}, {@code medium}, {@code high} or {@code critical}; anything else is taken
 *     for {@code critical}
 * @param group the group that should hear it, or the consumer
 * @param subject one line
 * @param text what happened and what to do
 * @param link where to look, a path of this installation or a whole address; empty when nowhere
 * @param about what a consumer is told; null in what people are told
 */
public record Notice(
        String kind,
        String severity,
        String group,
        String subject,
        String text,
        String link,
        @Nullable About about) {

    /**
     * A version that became what the kind says.
     *
     * @param place in the order of all changes: of two changes of one credential the later one has the greater place
     */
    public record About(SecretRef ref, long place) {}

    /** From the least to the most urgent. */
    public static final List<String> SEVERITIES = List.of("info", "low", "medium", "high", "critical");

    private static final int LINE = 200;
    private static final int TEXT = 3900;
    private static final int LINK = 1000;

    /** One for people. */
    public Notice(String kind, String severity, String group, String subject, String text, String link) {
        this(kind, severity, group, subject, text, link, null);
    }

    public Notice {
        kind = line(kind, LINE);
        severity = SEVERITIES.contains(severity) ? severity : "critical";
        group = line(group, LINE);
        subject = line(subject, LINE);
        text = cut(text.replace('\0', ' '), TEXT);
        link = line(link, LINK);
    }

    /** The same with another link. */
    public Notice withLink(String other) {
        return new Notice(kind, severity, group, subject, text, other, about);
    }

    /** Whether it is at least as urgent as {@code least}. */
    public boolean atLeast(String least) {
        return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
    }

    /** Line ends would let a text become a header of a mail. */
    private static String line(String text, int longest) {
        return cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), longest);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
