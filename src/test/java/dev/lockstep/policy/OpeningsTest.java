package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningsTest {

    private static final Instant LAST_SECONDS = Instant.parse("2026-05-04T11:59:34Z");

    @Test
    void theLastSecondsOfAWindowGoOnWithTheNextOneThatIsOpenThen() {
        for (Openings openings : List.of(
                of(window("08:00", "12:00"), window("12:00", "13:00")),
                of(window("08:00", "12:00"), window("10:00", "13:00")))) {
            assertThat(openings.next(LAST_SECONDS))
                    .contains(new Span(LAST_SECONDS, Instant.parse("2026-05-04T13:00:00Z")));
        }
    }

    @Test
    void theFirstSecondsOfAWindowGoOnWithTheOneBefore() {
        Instant first = Instant.parse("2026-05-04T12:00:26Z");
        Instant earliest = Instant.parse("2026-05-04T00:00:00Z");
        for (Openings openings : List.of(
                of(window("08:00", "12:00"), window("12:00", "13:00")),
                of(window("08:00", "12:30"), window("12:00", "13:00")))) {
            assertThat(openings.last(earliest, first)).contains(new Span(Instant.parse("2026-05-04T08:00:00Z"), first));
        }
    }

    @Test
    void aWindowOfAllDayHasNoEndAtMidnight() {
        Instant moment = Instant.parse("2026-05-04T23:59:34Z");
        assertThat(of(window("00:00", "00:00")).next(moment).map(Span::from)).contains(moment);
    }

    @Test
    void theLastSecondsBeforeAPauseAreTooShort() {
        assertThat(of(window("08:00", "12:00"), window("12:15", "13:00"))
                        .next(LAST_SECONDS)
                        .map(Span::from))
                .contains(Instant.parse("2026-05-04T12:15:00Z"));
    }

    private static Openings of(Window... windows) {
        return Openings.of(new Timing(List.of(windows), Blackouts.NONE, Duration.ZERO, Optional.empty(), ""));
    }

    private static Window window(String from, String to) {
        return new Window(EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to), ZoneOffset.UTC);
    }
}
