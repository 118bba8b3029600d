package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Watches something at the server until it is over, and tells beside the answer what changes on the way. */
final class Follow {

    private static final Duration OFTEN = Duration.ofMillis(300);
    private static final Duration SELDOM = Duration.ofSeconds(2);
    private static final Duration AT_FIRST = Duration.ofSeconds(10);

    private final Terminal terminal;
    private final Instant begun;
    private final Set<String> told = new HashSet<>();

    Follow(Terminal terminal) {
        this.terminal = terminal;
        this.begun = terminal.clock().instant();
    }

    /**
     * Asks again and again. A server that does not answer for a while is asked again.
     *
     * @param label what is followed, for the sentence about the time-out
     */
    JsonNode until(String label, Duration timeout, Supplier<JsonNode> question, Predicate<JsonNode> over, Tell tell) {
        while (true) {
            try {
                JsonNode now = question.get();
                tell.changes(now, this);
                if (over.test(now)) {
                    return now;
                }
            } catch (CliException failure) {
                if (failure.code() != ExitCode.UNREACHABLE) {
                    throw failure;
                }
                say("unreachable", String.valueOf(failure.getMessage()));
            }
            Duration past = past();
            if (past.compareTo(timeout) >= 0) {
                throw new CliException(
                        ExitCode.TIMED_OUT, label + " is not over after " + Text.brief(past) + "; it goes on.");
            }
            Sleep.of(past.compareTo(AT_FIRST) < 0 ? OFTEN : SELDOM);
        }
    }

    private Duration past() {
        return Duration.between(begun, terminal.clock().instant());
    }

    /** Says a sentence, once for each key. */
    void say(String key, String sentence) {
        if (told.add(key)) {
            terminal.note(Text.pad(Text.brief(past()), 7) + Text.printable(sentence));
        }
    }

    /** Tells what has changed. */
    interface Tell {
        void changes(JsonNode now, Follow follow);
    }
}
