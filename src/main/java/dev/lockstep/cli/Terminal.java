package dev.lockstep.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from and writes to.
 *
 * @param out what was asked for, and nothing else
 * @param err progress, warnings and refusals
 * @param columns width of the terminal behind {@code out}; 0 when that is none
 * @param environment looks an environment variable up
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        int columns,
        boolean colour,
        Function<String, @Nullable String> environment,
        Clock clock) {

    /** The terminal for a process, with the given width; 0 for none. */
    static Terminal of(
            PrintWriter out,
            PrintWriter err,
            InputStream in,
            int columns,
            Map<String, String> environment,
            Clock clock) {
        return new Terminal(out, err, in, columns, coloured(columns, environment), environment::get, clock);
    }

    /** See no-color.org. */
    private static boolean coloured(int columns, Map<String, String> environment) {
        return columns > 0
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** The value of a variable; null when it is not set or blank. */
    @Nullable
    String variable(String name) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Tells something beside the answer. */
    void note(String sentence) {
        err.println(sentence);
        err.flush();
    }
}
