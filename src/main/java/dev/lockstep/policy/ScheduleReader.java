package dev.lockstep.policy;

import dev.lockstep.domain.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** Reads the field {@code rotate} of a policy. */
final class ScheduleReader {

    /** Enough fire times to meet every gap that an expression has within a day and between days. */
    private static final int FIRE_TIMES = 500;

    private final Duration minimumInterval;
    private final Instant now;

    /**
     * @param minimumInterval nothing may be due more often
     * @param now where looking for fire times begins
     */
    ScheduleReader(Duration minimumInterval, Instant now) {
        this.minimumInterval = minimumInterval;
        this.now = now;
    }

    /** A schedule and the shortest and longest time between two of its due times; zero when only on demand. */
    record Rhythm(Schedule schedule, Duration shortest, Duration longest) {}

    Optional<Rhythm> read(Fields policy) {
        if (policy.text("rotate").filter("on-demand"::equals).isPresent()) {
            return Optional.of(new Rhythm(new Schedule.OnDemand(), Duration.ZERO, Duration.ZERO));
        }
        if (policy.at("rotate", "cron").isPresent()) {
            return cron(policy);
        }
        return policy.duration(minimumInterval, Durations.TEN_YEARS, "rotate", "every")
                .map(every -> new Rhythm(new Schedule.Interval(every), every, every));
    }

    private Optional<Rhythm> cron(Fields policy) {
        Optional<ZoneId> zone = Zones.read(policy.at("rotate", "zone"), policy.problems());
        Optional<Node> node =
                policy.at("rotate", "cron").filter(cron -> cron.text().isPresent());
        Optional<CronExpression> expression = node.flatMap(cron -> expression(cron, policy.problems()));
        if (zone.isEmpty() || expression.isEmpty()) {
            return Optional.empty();
        }
        Schedule.Cron cron = new Schedule.Cron(expression.get().toString(), zone.get());
        return rhythm(cron, expression.get(), node.orElseThrow(), policy.problems());
    }

    private static Optional<CronExpression> expression(Node node, Problems problems) {
        String text = node.text().orElseThrow().strip();
        String advice =
                "write six fields: second minute hour day-of-month month day-of-week, for example \"0 0 3 * * SUN\"";
        int fields = text.split("\\s+").length;
        if (fields != 6) {
            problems.add(node, Echo.of(node) + " has " + fields + (fields == 1 ? " field" : " fields"), advice);
            return Optional.empty();
        }
        try {
            return Optional.of(CronExpression.parse(text));
        } catch (IllegalArgumentException e) {
            problems.add(node, Echo.of(node) + " is no cron expression", advice);
            return Optional.empty();
        }
    }

    private Optional<Rhythm> rhythm(Schedule.Cron cron, CronExpression expression, Node node, Problems problems) {
        Duration shortest = Durations.TEN_YEARS;
        Duration longest = Duration.ZERO;
        Instant last = now;
        for (int i = 0; i < FIRE_TIMES; i++) {
            Optional<Instant> next = DueTimes.next(expression, cron.zone(), last);
            if (next.isEmpty() || Duration.between(last, next.get()).compareTo(Durations.TEN_YEARS) > 0) {
                String never = i == 0 ? " never fires within 10 years" : " stops firing";
                problems.add(
                        node, Echo.of(node) + never, "check day-of-month and month; on-demand means never by itself");
                return Optional.empty();
            }
            Duration gap = Duration.between(last, next.get());
            if (i > 0 && gap.compareTo(minimumInterval) < 0) {
                problems.add(
                        node,
                        Echo.of(node) + " fires " + Durations.words(gap) + " after " + last + " again",
                        "let at least " + Durations.words(minimumInterval) + " lie between two times");
                return Optional.empty();
            }
            shortest = i > 0 && gap.compareTo(shortest) < 0 ? gap : shortest;
            longest = i > 0 && gap.compareTo(longest) > 0 ? gap : longest;
            last = next.get();
        }
        return Optional.of(new Rhythm(cron, shortest, longest));
    }
}
