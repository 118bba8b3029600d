package dev.lockstep.process;

import java.time.Duration;
import org.apache.commons.lang3.time.DurationFormatUtils;

/** Texts that become variables of a process instance. */
final class VariableText {

    /** The engine keeps at most 4000 characters in a variable. */
    private static final int LONGEST = 3900;

    private VariableText() {}

    /** A time as people say it, for example {@code 7 days}. */
    static String words(Duration time) {
        return time.isZero() ? "none" : DurationFormatUtils.formatDurationWords(time.toMillis(), true, true);
    }

    /** The text, shortened to what the engine keeps. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
