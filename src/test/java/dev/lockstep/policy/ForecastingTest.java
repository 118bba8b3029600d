package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Rate;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastingTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Window SUNDAY_NIGHT =
            new Window(Set.of(DayOfWeek.SUNDAY), LocalTime.of(2, 0), LocalTime.of(4, 0), BERLIN);

    private static Credential credential(int number, String target, Policy policy) {
        return new Credential(
                CredentialName.of("prod/shop/postgres/app-" + number),
                "shop",
                "database-user",
                target,
                "embedded",
                List.of(),
                List.of("app_" + number),
                Map.of(),
                policy,
                List.of(),
                Map.of(),
                Optional.empty());
    }

    private static Policy every(Duration interval, Timing timing) {
        return Policies.with(new Schedule.Interval(interval), timing);
    }

    private static Forecast forecast(List<Forecasting.Subject> subjects, int days) {
        return Forecasting.of(
                subjects,
                name -> TargetLimits.DEFAULT,
                new Forecasting.Question(NOW, NOW.plus(Duration.ofDays(days)), any -> true, 10_000));
    }

    private static Forecasting.Subject due(Credential credential, Instant at) {
        return new Forecasting.Subject(credential, new Due(at, null, null));
    }

    @Test
    void aCredentialRotatesAgainAndAgainAsItsPolicySays() {
        Credential weekly = credential(1, "orders-db", every(Duration.ofDays(7), Timing.ANY));

        Forecast forecast = forecast(List.of(due(weekly, NOW.plus(Duration.ofDays(1)))), 30);

        assertThat(forecast.next())
                .extracting(Forecast.Rotation::at)
                .containsExactly(
                        Instant.parse("2026-12-01T12:00:00Z"),
                        Instant.parse("2026-12-08T12:00:00Z"),
                        Instant.parse("2026-12-15T12:00:00Z"),
                        Instant.parse("2026-12-22T12:00:00Z"),
                        Instant.parse("2026-12-29T12:00:00Z"));
        assertThat(forecast.total()).isEqualTo(5);
        assertThat(forecast.whole()).isTrue();
    }

    @Test
    void noMoreBeginThanTheRateOfTheTargetAllows() {
        TargetLimits slow = new TargetLimits(
                4,
                Rate.parse("5/h"),
                TargetLimits.DEFAULT.failures(),
                TargetLimits.DEFAULT.probeEvery(),
                TargetLimits.DEFAULT.tellAfter(),
                TargetLimits.DEFAULT.escalation(),
                TargetLimits.DEFAULT.reconcileEvery());
        List<Forecasting.Subject> together = IntStream.range(0, 12)
                .mapToObj(i -> due(credential(i, "orders-db", every(Duration.ofDays(30), Timing.ANY)), NOW))
                .toList();

        Forecast forecast = Forecasting.of(
                together, name -> slow, new Forecasting.Question(NOW, NOW.plus(Duration.ofDays(1)), any -> true, 100));

        List<Instant> begins =
                forecast.next().stream().map(Forecast.Rotation::at).toList();
        assertThat(begins).hasSize(12);
        assertThat(begins.subList(0, 4)).containsOnly(NOW);
        assertThat(begins.get(4)).isEqualTo(NOW.plusSeconds(10));
        for (int i = 5; i < begins.size(); i++) {
            assertThat(begins.get(i)).isAfterOrEqualTo(begins.get(i - 5).plus(Duration.ofHours(1)));
        }
        assertThat(begins.get(11)).isBefore(NOW.plus(Duration.ofHours(3)));
    }

    @Test
    void whatIsDueTogetherQueuesUpAtTheTargetAndGoesOnInTheNextWindow() {
        Policy policy = every(Duration.ofDays(60), Policies.timing(SUNDAY_NIGHT));
        int fit = TargetLimits.DEFAULT.concurrency()
                * (int) (Duration.ofHours(2).toSeconds() / TargetRoom.EACH.toSeconds());
        List<Forecasting.Subject> subjects = IntStream.range(0, fit + 500)
                .mapToObj(number -> due(credential(number, "orders-db", policy), NOW))
                .toList();

        Forecast forecast = forecast(subjects, 20);

        Map<Instant, Integer> hours = forecast.targets().get(0).hours();
        assertThat(hours)
                .containsOnlyKeys(
                        Instant.parse("2026-12-06T01:00:00Z"),
                        Instant.parse("2026-12-06T02:00:00Z"),
                        Instant.parse("2026-12-13T01:00:00Z"));
        assertThat(hours.get(Instant.parse("2026-12-13T01:00:00Z"))).isEqualTo(500);
        assertThat(forecast.total()).isEqualTo(fit + 500);
    }

    @Test
    void whatWillPassItsMaximumAgeIsTold() {
        Duration most = Duration.ofDays(31);
        Span freeze = new Span(Instant.parse("2026-12-05T00:00:00Z"), Instant.parse("2027-01-20T00:00:00Z"));
        Timing timing = new Timing(
                List.of(),
                new Blackouts(List.of(new Blackouts.Blackout(freeze, "freeze"))),
                Duration.ZERO,
                Optional.of(most),
                "");
        Credential late = credential(1, "orders-db", every(Duration.ofDays(30), timing));
        Credential manual = credential(2, "orders-db", Policies.with(new Schedule.OnDemand(), timing));

        Forecast forecast = forecast(
                List.of(
                        new Forecasting.Subject(late, DueTimes.after(late.policy(), late.name(), NOW)),
                        new Forecasting.Subject(manual, DueTimes.after(manual.policy(), manual.name(), NOW))),
                90);

        assertThat(forecast.late()).isEqualTo(2);
        assertThat(forecast.missed())
                .extracting(Forecast.Rotation::credential, Forecast.Rotation::at)
                .containsExactlyInAnyOrder(tuple(manual.name(), null), tuple(late.name(), freeze.to()));
    }

    @Test
    void itTellsOfTheChosenOnesOnlyButTheOthersUseUpTheLimitsToo() {
        Policy policy = every(Duration.ofDays(60), Timing.ANY);
        List<Forecasting.Subject> subjects = IntStream.range(0, 400)
                .mapToObj(number -> due(credential(number, "orders-db", policy), NOW))
                .toList();
        CredentialName last = subjects.stream()
                .map(subject -> subject.credential().name())
                .max(CredentialName::compareTo)
                .orElseThrow();

        Forecast forecast = Forecasting.of(
                subjects,
                name -> TargetLimits.DEFAULT,
                new Forecasting.Question(
                        NOW, NOW.plus(Duration.ofDays(1)), each -> each.name().equals(last), 10));

        assertThat(forecast.total()).isEqualTo(1);
        assertThat(forecast.next().get(0).at()).isEqualTo(NOW.plus(TargetRoom.EACH.multipliedBy(99)));
    }

    @Test
    void itEndsEarlyAndSaysSoWhenThereAreMoreRotationsThanAnybodyReads() {
        Policy policy = every(Duration.ofMinutes(1), Timing.ANY);
        List<Forecasting.Subject> subjects = IntStream.range(0, 100)
                .mapToObj(number -> due(credential(number, "db-" + number, policy), NOW))
                .toList();

        Forecast forecast = forecast(subjects, 366);

        assertThat(forecast.whole()).isFalse();
        assertThat(forecast.total()).isEqualTo(Forecasting.MOST);
        assertThat(forecast.until()).isBefore(NOW.plus(Duration.ofDays(8)));
    }

    @Test
    void noRotationIsForeseenOutsideOfAWindowOrInsideABlackout() {
        long seed = Long.getLong("lockstep.seed", System.nanoTime());
        System.out.println("-Dlockstep.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<Forecasting.Subject> subjects = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Timing timing = WallClock.timing(random, NOW, Optional.of(Duration.ofDays(40)));
                Credential credential =
                        credential(i, "db-" + i % 3, every(Duration.ofDays(1 + random.nextInt(30)), timing));
                subjects.add(new Forecasting.Subject(
                        credential, DueTimes.after(credential.policy(), credential.name(), NOW)));
            }
            Map<CredentialName, Credential> known = new HashMap<>();
            subjects.forEach(subject -> known.put(subject.credential().name(), subject.credential()));

            Forecast forecast = forecast(subjects, 90);

            assertThat(forecast.next())
                    .allSatisfy(rotation -> assertThat(WallClock.allows(
                                    Objects.requireNonNull(known.get(rotation.credential()))
                                            .policy()
                                            .timing(),
                                    Objects.requireNonNull(rotation.at())))
                            .as("%s, seed %d", rotation, seed)
                            .isTrue());
        }
    }
}
