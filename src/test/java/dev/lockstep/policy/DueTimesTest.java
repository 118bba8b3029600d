package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<Instant> times(String cron, ZoneId zone, String after, int count) {
        List<Instant> times = new ArrayList<>();
        Instant last = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            last = DueTimes.next(new Schedule.Cron(cron, zone), last).orElseThrow();
            times.add(last);
        }
        return times;
    }

    private static List<Instant> instants(String... texts) {
        return Arrays.stream(texts).map(Instant::parse).toList();
    }

    @Test
    void anIntervalCountsFromTheLastRotationWhateverTheClocksDo() {
        Schedule daily = new Schedule.Interval(Duration.ofDays(1));

        assertThat(DueTimes.next(daily, Instant.parse("2026-03-28T12:00:00Z")))
                .contains(Instant.parse("2026-03-29T12:00:00Z"));
    }

    @Test
    void onDemandIsNeverDue() {
        assertThat(DueTimes.next(new Schedule.OnDemand(), ConfigDir.NOW)).isEmpty();
    }

    @Test
    void aCronTimeThatTheClocksSkipInSpringIsDueOnceRightAfterTheGap() {
        assertThat(times("0 30 2 * * *", BERLIN, "2026-03-28T00:00:00Z", 3))
                .isEqualTo(instants("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"));
    }

    @Test
    void severalCronTimesInTheGapAreDueOnceTogether() {
        assertThat(times("0 */20 * * * *", BERLIN, "2026-03-29T00:35:00Z", 3))
                .isEqualTo(instants("2026-03-29T00:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z"));
    }

    @Test
    void aCronTimeThatTheClocksRepeatInAutumnIsDueOnce() {
        assertThat(times("0 30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
                .isEqualTo(instants("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
    }

    @Test
    void aRotationWithinTheRepeatedHourDoesNotMakeTheSameTimeDueAgain() {
        assertThat(times("0 30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
                .isEqualTo(instants("2026-10-26T01:30:00Z"));
    }

    @Test
    void aLeapDayIsDueInLeapYearsOnlyAlsoAcrossTheCenturyWithoutOne() {
        assertThat(times("0 0 0 29 2 *", ZoneId.of("UTC"), "2092-03-01T00:00:00Z", 2))
                .isEqualTo(instants("2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z"));
    }

    @Test
    void aCronThatNeverFiresIsNeverDue() {
        assertThat(DueTimes.next(new Schedule.Cron("0 0 0 31 2 *", BERLIN), ConfigDir.NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"})
    void onEveryDayOfManyYearsADailyTimeIsDueExactlyOnce(String name) {
        ZoneId zone = ZoneId.of(name);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            LocalTime wanted = LocalTime.of(random.nextInt(24), random.nextInt(60));
            String cron = "0 " + wanted.getMinute() + ' ' + wanted.getHour() + " * * *";
            ZonedDateTime last = ZonedDateTime.of(2010 + random.nextInt(20), 1, 1, 12, 0, 0, 0, zone);
            last = DueTimes.next(new Schedule.Cron(cron, zone), last.toInstant())
                    .orElseThrow()
                    .atZone(zone);
            for (int day = 0; day < 800; day++) {
                ZonedDateTime next = DueTimes.next(new Schedule.Cron(cron, zone), last.toInstant())
                        .orElseThrow()
                        .atZone(zone);
                assertThat(next.toLocalDate())
                        .as("%s in %s after %s, seed %d", cron, zone, last, seed)
                        .isEqualTo(last.toLocalDate().plusDays(1));
                assertThat(Duration.between(last, next)).isBetween(Duration.ofHours(22), Duration.ofHours(26));
                last = next;
            }
        }
    }

    @Test
    void theNextTimeNeverDependsOnHowOftenOneAsksInBetween() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Schedule schedule = new Schedule.Cron("0 */7 1-3 * * *", BERLIN);
        for (int i = 0; i < 2_000; i++) {
            Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(2 * 365 * 86_400));
            Instant next = DueTimes.next(schedule, from).orElseThrow();
            Instant between =
                    from.plusSeconds((long) (Duration.between(from, next).toSeconds() * random.nextDouble()));

            assertThat(next).as("seed %d", seed).isAfter(from);
            assertThat(DueTimes.next(schedule, between))
                    .as("from %s, seed %d", between, seed)
                    .contains(next);
        }
    }
}
