package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what contradicts itself: a time that never comes, an age that cannot be kept. */
final class TimingCheck {

    /** So many fire times meet each opening of a week. */
    private static final int FIRE_TIMES = 500;

    /** The windows are the same each week, the clocks are not. */
    private static final Duration CYCLE = Duration.ofDays(370);

    private static final Logger log = LoggerFactory.getLogger(TimingCheck.class);

    private final Instant now;

    /** @param now where looking begins */
    TimingCheck(Instant now) {
        this.now = now;
    }

    void check(Fields policy, Timing timing, ScheduleReader.Rhythm rhythm) {
        if (Openings.of(timing)
                .next(now)
                .filter(opening -> opening.from().isBefore(now.plus(Durations.TEN_YEARS)))
                .isEmpty()) {
            refuse(
                    policy,
                    "blackouts",
                    "leave no opening within 10 years: nothing would ever be rotated",
                    "shorten the blackouts, or write rotate: on-demand");
        }
        jitter(policy, timing, rhythm);
        timing.maximumAge().ifPresent(most -> maximumAge(policy, timing, rhythm, most));
        if (rhythm.schedule() instanceof Schedule.Cron cron && !timing.windows().isEmpty() && !meets(cron, timing)) {
            String problem = Echo.of(policy.at("rotate", "cron").orElseThrow())
                    + " never fires in one of the windows; each rotation would wait for the next opening";
            policy.problems()
                    .add(
                            policy.at("rotate", "cron").orElseThrow(),
                            problem,
                            "let it fire in a window, or write how often with every");
        }
    }

    private static void jitter(Fields policy, Timing timing, ScheduleReader.Rhythm rhythm) {
        Duration half = rhythm.shortest().dividedBy(2);
        if (!half.isZero() && timing.jitter().compareTo(half) > 0) {
            refuse(
                    policy,
                    "jitter",
                    "the jitter of " + Durations.words(timing.jitter()) + " is longer than half the interval of "
                            + Durations.words(rhythm.shortest()),
                    "shorten it, or rotate less often");
        }
    }

    private void maximumAge(Fields policy, Timing timing, ScheduleReader.Rhythm rhythm, Duration most) {
        if (most.compareTo(rhythm.longest()) < 0) {
            refuse(
                    policy,
                    "maximum-age",
                    "the maximum age of " + Durations.words(most) + " is shorter than the interval of "
                            + Durations.words(rhythm.longest()),
                    "raise it, or rotate more often");
            return;
        }
        Timing alone = new Timing(timing.windows(), Blackouts.NONE, Duration.ZERO, Optional.empty(), "");
        Duration closed = longestClosed(Openings.of(alone), CYCLE);
        if (closed.compareTo(most) >= 0) {
            refuse(
                    policy,
                    "maximum-age",
                    "the windows are closed for " + Durations.words(closed)
                            + " at a time, longer than the maximum age of " + Durations.words(most),
                    "raise it, or add a window");
            return;
        }
        impossible(timing, most)
                .ifPresent(blackout ->
                        log.warn("{}", warning(policy.at("maximum-age").orElseThrow(), blackout, most)));
    }

    /** No reason not to start: who wrote both rules may mean it, and is told again when the age is passed. */
    private static ConfigurationError warning(Node field, Blackout blackout, Duration most) {
        return new ConfigurationError(
                field.place().file(),
                field.place().line(),
                field.place().column(),
                field.path(),
                "the blackout '" + blackout.reason() + "' from "
                        + blackout.span().from() + " to " + blackout.span().to()
                        + " is longer than the maximum age of " + Durations.words(most)
                        + ": every credential of this policy will pass it, and the escalation group will be told",
                "shorten the blackout or raise the maximum age");
    }

    private Duration longestClosed(Openings openings, Duration horizon) {
        Duration longest = Duration.ZERO;
        Instant end = now.plus(horizon);
        Optional<Span> opening = openings.next(now);
        while (opening.isPresent() && opening.get().to().isBefore(end)) {
            Instant closes = opening.get().to();
            opening = openings.next(closes);
            Duration closed =
                    opening.map(next -> Duration.between(closes, next.from())).orElse(horizon);
            longest = closed.compareTo(longest) > 0 ? closed : longest;
        }
        return longest;
    }

    private Optional<Blackout> impossible(Timing timing, Duration most) {
        Duration room = most.minus(DueTimes.lead(most));
        return timing.blackouts().all().stream()
                .filter(blackout -> blackout.span().to().isAfter(now))
                .filter(blackout ->
                        Duration.between(blackout.span().from(), blackout.span().to())
                                        .compareTo(room)
                                > 0)
                .findFirst();
    }

    private boolean meets(Schedule.Cron cron, Timing timing) {
        Instant last = now;
        for (int i = 0; i < FIRE_TIMES; i++) {
            Optional<Instant> fires = DueTimes.next(cron, last);
            if (fires.isEmpty()) {
                return false;
            }
            last = fires.get();
            Instant moment = last;
            if (timing.windows().stream()
                    .anyMatch(window -> window.first(moment).contains(moment))) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(Fields policy, String field, String problem, String advice) {
        policy.problems().add(policy.at(field).orElseThrow(), problem, advice);
    }
}
