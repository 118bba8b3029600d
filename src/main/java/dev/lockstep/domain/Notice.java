package dev.lockstep.domain;

import java.util.List;

/**
 * Something that a group of people should hear about, wherever its channels lead. Never carries a secret.
 *
 * @param kind what it is about in the form {@code noun.verb}, for example {@code task.open}
 * @param severity {@code info}, {@code low}, {@code medium}, {@code high} or {@code critical}; anything else is taken
 *     for {@code critical}
 * @param group the group that should hear it
 * @param subject one line
 * @param text what happened and what to do
 * @param link where to look, a path of this installation or a whole address; empty when nowhere
 */
public record Notice(String kind, String severity, String group, String subject, String text, String link) {

    /** From the least to the most urgent. */
    public static final List<String> SEVERITIES = List.of("info", "low", "medium", "high", "critical");

    private static final int LINE = 200;
    private static final int TEXT = 3900;
    private static final int LINK = 1000;

    public Notice {
        kind = line(kind, LINE);
        severity = SEVERITIES.contains(severity) ? severity : "critical";
        group = line(group, LINE);
        subject = line(subject, LINE);
        text = cut(text.replace('\0', ' '), TEXT);
        link = line(link, LINK);
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
