package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private static final Instant NOW = Instant.parse("2026-05-04T10:15:30.123456Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, now",
        "PT0.9S, now",
        "PT-1S, 1 s ago",
        "PT61S, in 1 min 1 s",
        "PT1H, in 1 h",
        "PT-23H-59M, 23 h 59 min ago",
        "P2DT5H30M, in 2 d 5 h",
        "P90DT5H, in 90 d",
        "P-365D, 365 d ago"
    })
    void a_time_is_told_by_its_two_greatest_units(Duration away, String words) {
        assertThat(Moments.until(NOW.plus(away), NOW)).isEqualTo(words);
    }
}
