package dev.lockstep.domain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many within how long.
 *
 * @param operations at most so many
 * @param per within any span of this length
 */
public record Rate(int operations, Duration per) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})/([mhd])");
    private static final Map<String, Duration> UNITS =
            Map.of("m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** Reads for example {@code 30/h}; empty when it is nothing of the kind. */
    public static Optional<Rate> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new Rate(
                        Integer.parseInt(parts.group(1)), UNITS.getOrDefault(parts.group(2), Duration.ofDays(1))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        String unit = UNITS.entrySet().stream()
                .filter(known -> known.getValue().equals(per))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(per::toString);
        return operations + "/" + unit;
    }
}
