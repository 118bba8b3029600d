package dev.lockstep.policy;

import dev.lockstep.domain.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the field {@code windows} of a policy. */
final class WindowReader {

    /** In less a rotation would have to be lucky to be taken in time. */
    private static final Duration SHORTEST = Duration.ofMinutes(15);

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final String END_OF_DAY = "24:00";
    private static final String ADVICE = "write hours and minutes from 00:00 to 23:59 in quotes, for example \"02:30\"";

    private WindowReader() {}

    /** As far as they were not refused. */
    static List<Window> read(Fields policy) {
        List<Window> windows = new ArrayList<>();
        for (Node node : policy.at("windows").map(Node::children).orElse(List.of())) {
            window(new Fields(node, policy.problems())).ifPresent(windows::add);
        }
        return windows;
    }

    private static Optional<Window> window(Fields fields) {
        Optional<LocalTime> from = fields.at("from").flatMap(node -> time(node, fields.problems(), false));
        Optional<LocalTime> to = fields.at("to").flatMap(node -> time(node, fields.problems(), true));
        Optional<ZoneId> zone = Zones.read(fields.at("zone"), fields.problems());
        Set<DayOfWeek> days = days(fields);
        if (from.isEmpty() || to.isEmpty() || zone.isEmpty() || days.isEmpty()) {
            return Optional.empty();
        }
        Duration open = Duration.between(from.get(), to.get());
        if (!open.isNegative() && !open.isZero() && open.compareTo(SHORTEST) < 0) {
            fields.problems()
                    .add(
                            fields.document(),
                            "the window is open for " + Durations.words(open)
                                    + " only, which rotations can easily miss",
                            "let it be open for at least " + Durations.words(SHORTEST));
            return Optional.empty();
        }
        return Optional.of(new Window(days, from.get(), to.get(), zone.get()));
    }

    private static Set<DayOfWeek> days(Fields fields) {
        if (fields.at("days").isEmpty()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            String label = day.name().substring(0, 3).toLowerCase(Locale.ROOT);
            if (fields.texts(List.of(), "days").contains(label)) {
                days.add(day);
            }
        }
        return days;
    }

    private static Optional<LocalTime> time(Node node, Problems problems, boolean end) {
        Optional<String> text = node.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (end && text.get().equals(END_OF_DAY)) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        if (!TIME.matcher(text.get()).matches()) {
            problems.add(node, Echo.of(node) + " is no time of day", ADVICE);
            return Optional.empty();
        }
        return Optional.of(LocalTime.parse(text.get()));
    }
}
