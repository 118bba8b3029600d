package dev.lockstep.policy;

import dev.lockstep.domain.InvalidInput;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads ISO 8601 durations of fixed length: weeks, days, hours, minutes and seconds. */
final class Durations {

    /** Ten years, the longest time anything in the configuration may take. */
    static final Duration TEN_YEARS = Duration.ofDays(3650);

    private static final Pattern ISO =
            Pattern.compile("P(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?(T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");
    private static final Pattern CALENDAR =
            Pattern.compile("P(?=\\d+[YM])(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:\\d+[WD])*(?:T.*)?");

    private static final Pattern LONG = Pattern.compile("P\\w*\\d{10}\\w*");

    private Durations() {}

    /** Parses without regard to any range; throws {@link InvalidInput} that says what is wrong with the text. */
    static Duration parse(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInput("duration", reason(text));
        }
        if (text.equals("P") || text.endsWith("T")) {
            throw new InvalidInput("duration", "has no amount");
        }
        return Duration.ofDays(7 * amount(matcher, 1) + amount(matcher, 2))
                .plusHours(amount(matcher, 4))
                .plusMinutes(amount(matcher, 5))
                .plusSeconds(amount(matcher, 6));
    }

    private static long amount(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String reason(String text) {
        Matcher calendar = CALENDAR.matcher(text);
        if (calendar.matches()) {
            long months = 12 * amount(calendar, 1) + amount(calendar, 2);
            String fixed = "has years or months, whose length varies";
            return months > 120 ? "is out of range: longer than 10 years; it also " + fixed : fixed;
        }
        if (LONG.matcher(text).matches()) {
            return "is out of range: too long";
        }
        if (text.contains("-")) {
            return "is negative";
        }
        if (text.contains(".") || text.contains(",")) {
            return "has a fraction";
        }
        return "is no ISO 8601 duration";
    }

    /** A duration in words, for example {@code 30 days}. */
    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % (365 * 86_400L) == 0) {
            return count(seconds / (365 * 86_400L), "year");
        }
        if (seconds > 0 && seconds % 86_400 == 0) {
            return count(seconds / 86_400, "day");
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return count(seconds / 3_600, "hour");
        }
        if (seconds > 0 && seconds % 60 == 0) {
            return count(seconds / 60, "minute");
        }
        return count(seconds, "second");
    }

    private static String count(long amount, String unit) {
        return amount + " " + unit + (amount == 1 ? "" : "s");
    }
}
