package dev.lockstep.bench;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import dev.lockstep.policy.DueTimes;
import dev.lockstep.policy.Forecasting;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Due times of 100,000 credentials with 2,000 blackouts, and the forecast of 90 days over 50 targets. */
@Tag("bench")
class ForecastBench {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final int MANY = 100_000;

    private static Timing timing() {
        List<Blackout> blackouts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Instant from = NOW.plus(Duration.ofHours(7L * i));
            blackouts.add(new Blackout(new Span(from, from.plus(Duration.ofHours(3))), "b" + i));
        }
        Window nights = new Window(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
                LocalTime.of(22, 0),
                LocalTime.of(5, 0),
                ZoneId.of("Europe/Berlin"));
        Window weekend = new Window(
                EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT,
                ZoneId.of("Europe/Berlin"));
        return new Timing(
                List.of(nights, weekend),
                new Blackouts(blackouts),
                Duration.ofHours(2),
                Optional.of(Duration.ofDays(45)),
                "bench");
    }

    private static Policy policy() {
        return new Policy(
                "bench",
                new Schedule.Interval(Duration.ofDays(30)),
                Strategy.IN_PLACE,
                new SecretRules.Password(32, "abcdefghijklmnopqrstuvwxyz0123456789", Set.of(), 100),
                new Policy.Grace(Duration.ZERO, Policy.Laggards.RETIRE_ANYWAY),
                new Policy.Retries(3, List.of(Duration.ofSeconds(1)), 2),
                new Policy.Failure(0, Duration.ofHours(1)),
                new Policy.Escalation("operators", Duration.ofDays(1)),
                Optional.empty(),
                Optional.empty(),
                Policy.Decommission.STANDARD,
                Optional.empty(),
                Optional.empty(),
                timing(),
                Policy.Verification.STANDARD);
    }

    @Test
    void measure() {
        Policy policy = policy();
        List<Credential> credentials = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            credentials.add(new Credential(
                    CredentialName.of("prod/shop/postgres/app-" + i),
                    "shop",
                    "database-user",
                    "db-" + i % 50,
                    "embedded",
                    List.of(),
                    List.of("app_" + i),
                    Map.of(),
                    policy,
                    List.of(),
                    Map.of(),
                    Optional.empty()));
        }
        for (int round = 1; round <= 3; round++) {
            long begin = System.nanoTime();
            List<Forecasting.Subject> subjects = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Instant last = NOW.minus(Duration.ofMinutes(i % (30 * 1440)));
                Credential credential = credentials.get(i);
                Due due = DueTimes.next(policy, credential.name(), new DueTimes.Since(last, last, NOW));
                subjects.add(new Forecasting.Subject(credential, due));
            }
            long computed = System.nanoTime();
            Forecast forecast = Forecasting.of(
                    subjects,
                    name -> TargetLimits.DEFAULT,
                    new Forecasting.Question(NOW, NOW.plus(Duration.ofDays(90)), any -> true, 100));
            long played = System.nanoTime();
            System.out.printf(
                    "round %d: %,d due times with 2,000 blackouts in %,d ms; 90 days, %,d rotations, %,d late in %,d ms%n",
                    round,
                    MANY,
                    (computed - begin) / 1_000_000,
                    forecast.total(),
                    forecast.late(),
                    (played - computed) / 1_000_000);
        }
    }
}
