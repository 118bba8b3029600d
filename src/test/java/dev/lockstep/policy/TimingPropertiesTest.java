package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What holds of due times whatever the policy says. A failure tells the seed with which it comes again. */
class TimingPropertiesTest {

    private static final int TIMES = 4_000;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final long seed = Long.getLong("lockstep.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @AfterEach
    void tellTheSeed(TestInfo test) {
        System.out.println(test.getDisplayName() + ": -Dlockstep.seed=" + seed);
    }

    /** Among them the days on which clocks change, leap days, and the day that Samoa left out. */
    private Instant moment() {
        String[] odd = {
            "2011-12-29T09:00:00Z", "2011-12-30T10:00:00Z", "2026-03-29T00:30:00Z", "2026-10-25T00:30:00Z",
            "2018-11-04T02:00:00Z", "2018-02-18T01:00:00Z", "2026-11-01T05:30:00Z", "2026-03-08T06:30:00Z",
            "2028-02-28T22:00:00Z", "2027-02-28T22:00:00Z", "2024-04-25T20:00:00Z", "2024-10-31T20:00:00Z"
        };
        Instant near = random.nextBoolean()
                ? Instant.parse(odd[random.nextInt(odd.length)])
                : Instant.parse("2010-01-01T00:00:00Z").plusSeconds(random.nextLong(20 * 365 * 86_400L));
        return near.plusSeconds(random.nextLong(-86_400, 86_400));
    }

    private CredentialName name() {
        return CredentialName.of("prod/shop/postgres/app-" + random.nextInt(1_000_000));
    }

    private Schedule schedule() {
        return random.nextInt(3) > 0
                ? new Schedule.Interval(Duration.ofHours(12 + random.nextInt(24 * 90)))
                : new Schedule.Cron(
                        "0 " + random.nextInt(60) + ' ' + random.nextInt(24) + " * * SUN",
                        WallClock.ZONES.get(random.nextInt(WallClock.ZONES.size())));
    }

    private static Policy policy(Schedule schedule, Timing timing) {
        return Policies.with(schedule, timing);
    }

    @Test
    void aDueTimeIsNeverOutsideEveryWindowNorInsideABlackout() {
        for (int i = 0; i < TIMES; i++) {
            Instant now = moment();
            Timing timing = WallClock.timing(
                    random, now, random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofDays(91)));
            Due due = DueTimes.after(policy(schedule(), timing), name(), now);
            Instant at = Objects.requireNonNull(due.at());

            assertThat(at).isAfterOrEqualTo(now);
            assertThat(WallClock.allows(timing, at))
                    .as("%s at %s from %s, seed %d", timing, due, now, seed)
                    .isTrue();
        }
    }

    @Test
    void wheneverTheClockOnTheWallShowsATimeOutsideTheWindowNothingMayBegin() {
        for (int i = 0; i < 20 * TIMES; i++) {
            Window window = WallClock.window(random);
            Timing timing = Policies.timing(window);
            Instant moment = moment();
            if (Openings.of(timing).open(moment)) {
                assertThat(WallClock.shows(window, moment))
                        .as("%s at %s, seed %d", window, moment, seed)
                        .isTrue();
            }
        }
    }

    @Test
    void onADayWithoutAChangeOfTheClocksAWindowIsOpenExactlyWhenTheWallClockSaysSo() {
        for (int i = 0; i < 20 * TIMES; i++) {
            Window window = WallClock.window(random);
            Instant moment = moment();
            Instant before = moment.minus(Duration.ofDays(2));
            Instant after = moment.plus(Duration.ofDays(2));
            boolean changes = window.zone().getRules().nextTransition(before) != null
                    && window.zone()
                            .getRules()
                            .nextTransition(before)
                            .getInstant()
                            .isBefore(after);
            if (!changes) {
                assertThat(Openings.of(Policies.timing(window)).open(moment))
                        .as("%s at %s, seed %d", window, moment, seed)
                        .isEqualTo(WallClock.shows(window, moment));
            }
        }
    }

    @Test
    void noOpeningIsPassedOver() {
        for (int i = 0; i < 300; i++) {
            Instant now = moment();
            Timing timing = WallClock.timing(random, now, Optional.empty());
            Openings openings = Openings.of(timing);
            Instant next = openings.next(now).orElseThrow().from();
            for (Instant at = now;
                    at.isBefore(next) && at.isBefore(now.plus(Duration.ofDays(60)));
                    at = at.plus(QUARTER)) {
                Instant closed = at;
                assertThat(openings.open(at) && openings.open(at.plus(Openings.SHORTEST)))
                        .as("%s at %s, from %s, seed %d", timing, closed, now, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void openingsThatAreLookedForBackwardsAreOpeningsToo() {
        for (int i = 0; i < TIMES; i++) {
            Instant now = moment();
            Timing timing = WallClock.timing(random, now, Optional.empty());
            Instant before = now.plusSeconds(random.nextLong(1, 60 * 86_400L));
            Optional<Span> last = Openings.of(timing).last(now, before);
            last.ifPresent(opening -> {
                assertThat(opening.from()).isAfterOrEqualTo(now);
                assertThat(opening.to()).isBeforeOrEqualTo(before);
                assertThat(WallClock.allows(timing, opening.from()))
                        .as("%s in %s, seed %d", opening, timing, seed)
                        .isTrue();
                assertThat(WallClock.allows(timing, opening.to().minusSeconds(1)))
                        .as("end of %s in %s, seed %d", opening, timing, seed)
                        .isTrue();
            });
            if (last.isEmpty()) {
                assertThat(Openings.of(timing)
                                .next(now)
                                .map(Span::from)
                                .filter(at -> at.isBefore(before.minus(Openings.SHORTEST))))
                        .as("%s between %s and %s, seed %d", timing, now, before, seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void theMaximumAgeIsKeptOrTheDueTimeTellsThatItIsNot() {
        int kept = 0;
        for (int i = 0; i < TIMES; i++) {
            Instant now = moment();
            Duration every = Duration.ofDays(1 + random.nextInt(60));
            Duration most = every.plus(Duration.ofHours(random.nextInt(24 * 20)));
            Timing timing = WallClock.timing(random, now, Optional.of(most));
            Due due = DueTimes.after(policy(new Schedule.Interval(every), timing), name(), now);

            Instant by = Objects.requireNonNull(due.by());

            assertThat(by).isEqualTo(now.plus(most));
            if (due.misses()) {
                Instant half = now.plus(every.dividedBy(2));
                assertThat(Openings.of(timing).last(half, by.minus(DueTimes.lead(most))))
                        .as("%s every %s at most %s from %s, seed %d", timing, every, most, now, seed)
                        .isEmpty();
            } else {
                kept++;
            }
        }
        assertThat(kept).isGreaterThan(TIMES / 2);
    }

    @Test
    void theJitterIsTheSameEachTimeAndNeverLongerThanThePolicySays() {
        for (int i = 0; i < TIMES; i++) {
            Instant now = moment();
            Duration jitter = Duration.ofMinutes(1 + random.nextInt(1440));
            Timing timing = new Timing(List.of(), Blackouts.NONE, jitter, Optional.empty(), "");
            Policy policy = policy(new Schedule.Interval(Duration.ofDays(30)), timing);
            CredentialName name = name();
            Due due = DueTimes.after(policy, name, now);

            assertThat(due).isEqualTo(DueTimes.after(policy, name, now));
            assertThat(Duration.between(now.plus(Duration.ofDays(30)), Objects.requireNonNull(due.at())))
                    .as("%s %s, seed %d", name, jitter, seed)
                    .isBetween(Duration.ZERO, jitter.minusNanos(1));
        }
    }

    @Test
    void theJitterSpreadsEvenlyOverNamesThatAreAlike() {
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            tenths[(int) (10 * DueTimes.share(CredentialName.of("prod/shop/postgres/app-" + i)))]++;
        }
        for (int count : tenths) {
            assertThat(count).isBetween(850, 1150);
        }
    }
}
