package dev.lockstep.process.engine.rules;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import org.camunda.bpm.engine.impl.calendar.CronTimer;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** Literal times in a model, as the engine reads them, held to bounds that the engine does not keep itself. */
final class TimerText {

    static final Duration SHORTEST_CYCLE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final int MOST_TRIES = 1000;
    private static final int FIRINGS_LOOKED_AT = 5;

    private static final Pattern WEEKS = Pattern.compile("P(\\d{1,4})W");
    private static final Pattern REPEAT = Pattern.compile("R(\\d{0,6})/(.+)");

    private TimerText() {}

    /** What is wrong with {@code PT10M} and the like; empty when nothing is. */
    static Optional<String> ofDuration(String text) {
        Optional<Duration> duration = duration(text);
        if (duration.isEmpty()) {
            return Optional.of("'" + text + "' is no duration; write one such as PT10M or P3D");
        }
        if (duration.get().isNegative() || duration.get().isZero()) {
            return Optional.of("the duration '" + text + "' is not positive");
        }
        return duration.get().compareTo(LONGEST) > 0
                ? Optional.of("the duration '" + text + "' is longer than ten years")
                : Optional.empty();
    }

    /** What is wrong with {@code R/PT10M} or a cron expression; empty when nothing is. */
    static Optional<String> ofCycle(String text) {
        if (!text.startsWith("R")) {
            return ofCron(text);
        }
        Matcher repeat = REPEAT.matcher(text);
        if (!repeat.matches()) {
            return Optional.of("'" + text + "' is no cycle; write one such as R/PT10M, or a cron expression");
        }
        if (repeat.group(2).contains("/")) {
            return Optional.of(
                    "the cycle '" + text
                            + "' is counted from a fixed date, which costs more with every day; write R/… with a duration only");
        }
        return ofDuration(repeat.group(2))
                .or(() -> duration(repeat.group(2)).flatMap(length -> tooShort(text, length)));
    }

    /** What is wrong with {@code PT10S,PT1M} or {@code R5/PT1M} as a retry rule; empty when nothing is. */
    static Optional<String> ofRetries(String text) {
        Matcher repeat = REPEAT.matcher(text);
        boolean good = repeat.matches()
                ? !repeat.group(1).isEmpty()
                        && !triesOutOfBounds(Integer.parseInt(repeat.group(1)))
                        && ofDuration(repeat.group(2)).isEmpty()
                : Stream.of(text.split(",", -1))
                        .allMatch(interval -> ofDuration(interval.strip()).isEmpty());
        return good
                ? Optional.empty()
                : Optional.of("'" + text + "' is no retry rule that the engine keeps; write waits such as"
                        + " PT10S,PT1M,PT5M, or R5/PT1M for five tries (at most " + MOST_TRIES + ")");
    }

    private static boolean triesOutOfBounds(int tries) {
        return tries < 1 || tries > MOST_TRIES;
    }

    private static Optional<String> ofCron(String text) {
        try {
            CronTimer cron = CronTimer.parse(text);
            Instant at = ClockUtil.getCurrentTime().toInstant();
            for (int i = 0; i < FIRINGS_LOOKED_AT; i++) {
                Instant next = cron.getDueDate(Date.from(at)).toInstant();
                if (!next.isAfter(at)) {
                    return Optional.of("the cron expression '" + text + "' never fires");
                }
                Optional<String> complaint = i == 0 ? Optional.empty() : tooShort(text, Duration.between(at, next));
                if (complaint.isPresent()) {
                    return complaint;
                }
                at = next;
            }
            return Optional.empty();
        } catch (ParseException e) {
            return Optional.of("'" + text + "' is no cron expression: " + e.getMessage());
        }
    }

    private static Optional<String> tooShort(String text, Duration cycle) {
        return cycle.compareTo(SHORTEST_CYCLE) < 0
                ? Optional.of("the cycle '" + text + "' fires more often than every " + SHORTEST_CYCLE.toSeconds()
                        + " seconds")
                : Optional.empty();
    }

    private static Optional<Duration> duration(String text) {
        Matcher weeks = WEEKS.matcher(text);
        if (weeks.matches()) {
            return Optional.of(Duration.ofDays(7L * Integer.parseInt(weeks.group(1))));
        }
        try {
            long millis =
                    DatatypeFactory.newDefaultInstance().newDuration(text).getTimeInMillis(Date.from(Instant.EPOCH));
            return Optional.of(Duration.ofMillis(millis));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
