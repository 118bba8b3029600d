package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what moves the rotations of a policy away from the times of its schedule. */
final class TimingReader {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Duration ONE_WEEK = Duration.ofDays(7);

    private final CalendarReader calendars;
    private final TimingCheck check;

    /**
     * @param sources where calendars are looked for
     * @param now where looking for openings begins
     */
    TimingReader(Sources sources, Instant now) {
        this.calendars = new CalendarReader(sources, now);
        this.check = new TimingCheck(now);
    }

    /** Whatever was refused counts as not said. */
    Timing read(Fields policy, Optional<ScheduleReader.Rhythm> rhythm) {
        int before = policy.problems().reported();
        List<Window> windows = WindowReader.read(policy);
        List<String> digests = new ArrayList<>();
        Blackouts blackouts = blackouts(policy, digests);
        Duration jitter = policy.duration(Duration.ZERO, ONE_WEEK, "jitter").orElse(Duration.ZERO);
        Optional<Duration> maximumAge = policy.duration(ONE_SECOND, Durations.TEN_YEARS, "maximum-age");
        Timing timing = new Timing(windows, blackouts, jitter, maximumAge, source(policy, digests));
        if (policy.problems().reported() == before) {
            rhythm.ifPresent(known -> check.check(policy, timing, known));
        }
        return timing;
    }

    private Blackouts blackouts(Fields policy, List<String> digests) {
        List<Blackout> found = new ArrayList<>();
        for (Node node : policy.at("blackouts").map(Node::children).orElse(List.of())) {
            Fields fields = new Fields(node, policy.problems());
            if (fields.at("calendar").isEmpty()) {
                BlackoutReader.read(fields).ifPresent(found::add);
            } else {
                calendars.read(fields).ifPresent(dates -> {
                    found.addAll(dates.blackouts());
                    digests.add(dates.digest());
                });
            }
        }
        return new Blackouts(found);
    }

    private static String source(Fields policy, List<String> digests) {
        Stream<String> fields = Stream.of("windows", "blackouts", "jitter", "maximum-age")
                .flatMap(key -> policy.at(key).stream())
                .map(node -> node.path() + '=' + node.json());
        return Stream.concat(fields, digests.stream()).collect(Collectors.joining("\n"));
    }
}
