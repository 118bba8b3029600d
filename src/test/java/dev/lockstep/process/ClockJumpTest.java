package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The clock of the machine jumps, and that of the wall is changed in spring and autumn. */
@ProcessTest
@Import(RotationStand.class)
class ClockJumpTest {

    private static final Schedule NIGHTLY = new Schedule.Cron("0 30 2 * * *", ZoneId.of("Europe/Berlin"));
    private static final Duration DAY = Duration.ofDays(1);

    @Autowired
    RotationStand stand;

    @BeforeEach
    void standStill() {
        stand.clock.freeze();
    }

    @AfterEach
    void comeBack() {
        stand.clock.start();
        stand.clock.set(Instant.now());
    }

    private Credential hourly() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).schedule(new Schedule.Interval(Duration.ofHours(1))));
        stand.inventory.schedule(credential.name(), stand.clock.instant());
        return credential;
    }

    /** Ticks, works off and ticks again; returns how often the credential has been rotated so far. */
    private int rotations(Credential credential) {
        tick();
        stand.dispatchOnce();
        tick();
        stand.dispatchOnce();
        List<Operation> all = stand.operations.history(credential.name(), 100);
        assertThat(all).extracting(Operation::outcome).containsOnly(Outcome.ROTATED);
        return all.size();
    }

    private void tick() {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey("schedule")
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
    }

    @Test
    void aDayForwardMakesUpForWhatWasMissedOnce() {
        Credential credential = hourly();
        assertThat(rotations(credential)).isEqualTo(1);

        stand.clock.advance(DAY);

        assertThat(rotations(credential))
                .as("not once for each hour that was missed")
                .isEqualTo(2);
        assertThat(stand.inventory.find(credential.name()).orElseThrow().nextRotationAt())
                .isEqualTo(stand.clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void aDayBackRotatesNothingAgain() {
        Credential credential = hourly();
        assertThat(rotations(credential)).isEqualTo(1);

        stand.clock.advance(DAY.negated());
        assertThat(rotations(credential)).isEqualTo(1);
        stand.clock.advance(DAY);
        assertThat(rotations(credential)).isEqualTo(1);

        stand.clock.advance(Duration.ofHours(1));
        assertThat(rotations(credential)).isEqualTo(2);
    }

    @Test
    void whatWasQueuedWhenTheClockJumpedIsDoneOnce() {
        Credential credential = hourly();
        tick();
        stand.clock.advance(DAY);
        tick();
        assertThat(rotations(credential)).isEqualTo(1);

        stand.clock.advance(Duration.ofHours(1));
        tick();
        stand.clock.advance(DAY.negated());
        tick();
        stand.clock.advance(DAY);
        assertThat(rotations(credential)).isEqualTo(2);
    }

    @Test
    void theNightInSpringThatHasNoHalfPastTwoRotatesOnce() {
        assertThat(rotationsInThreeNights("2027-03-27T12:00:00Z")).isEqualTo(3);
    }

    @Test
    void theNightInAutumnThatHasHalfPastTwoTwiceRotatesOnce() {
        assertThat(rotationsInThreeNights("2027-10-30T12:00:00Z")).isEqualTo(3);
    }

    private int rotationsInThreeNights(String from) {
        stand.clock.set(Instant.parse(from));
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).schedule(NIGHTLY));
        for (int minute = 0; minute < 3 * 24 * 60; minute += 10) {
            stand.clock.advance(Duration.ofMinutes(10));
            tick();
            stand.dispatchOnce();
        }
        return rotations(credential);
    }
}
