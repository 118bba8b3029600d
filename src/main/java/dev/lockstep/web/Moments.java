package dev.lockstep.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in words. */
final class Moments {

    private static final DateTimeFormatter ABSOLUTE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** For example {@code 2026-05-04 10:15:30 UTC}. */
    static String absolute(Instant at) {
        return ABSOLUTE.format(at);
    }

    /** For example {@code in 3 h} or {@code 2 d ago}. */
    static String until(Instant at, Instant now) {
        Duration between = Duration.between(now, at);
        if (between.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        return between.isNegative() ? length(between.negated()) + " ago" : "in " + length(between);
    }

    /** The two greatest units of a length of time, for example {@code 2 d 5 h}. */
    static String length(Duration length) {
        long days = length.toDays();
        if (days >= 60) {
            return days + " d";
        }
        if (days > 0) {
            return two(days, "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return two(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        if (length.toMinutes() > 0) {
            return two(length.toMinutes(), "min", length.toSecondsPart(), "s");
        }
        return length.toSeconds() > 0 ? length.toSeconds() + " s" : length.toMillis() + " ms";
    }

    private static String two(long great, String unit, int small, String smallUnit) {
        return small == 0 ? great + " " + unit : great + " " + unit + " " + small + " " + smallUnit;
    }
}
