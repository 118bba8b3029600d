package dev.lockstep.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadWaitsTest {

    private final AtomicLong nanos = new AtomicLong(-3);
    private final ReadWaits waits = new ReadWaits(nanos::get);

    @Test
    void nobodyIsLateWhileNobodyReads() {
        assertThat(waits.late()).isFalse();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(waits.late()).isFalse();
    }

    @Test
    void moreThanOneOfTwentyMustBeLateAndMoreThanOneAltogether() {
        reads(95, 3);
        reads(5, 40);
        assertThat(waits.late()).isFalse();

        reads(94, 3);
        reads(6, 40);
        assertThat(waits.late()).isTrue();

        reads(100, 3);
        assertThat(waits.late()).isFalse();
    }

    @Test
    void aFewReadsAreLookedAtForLonger() {
        for (int i = 0; i < 8; i++) {
            read(Duration.ofMillis(600), 40);
        }
        assertThat(waits.late()).isFalse();

        read(Duration.ofMillis(600), 40);
        assertThat(waits.late()).isTrue();
    }

    @Test
    void whatWasSeenIsForgottenWhenNobodyReadsAnyMore() {
        reads(100, 40);
        assertThat(waits.late()).isTrue();

        nanos.addAndGet(Duration.ofMillis(1_999).toNanos());
        assertThat(waits.late()).isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(waits.late()).isFalse();
    }

    @Test
    void whereReadsAlwaysTakeLongThatIsKnownAfterAWhile() {
        reads(100, 40);
        assertThat(waits.late()).isTrue();

        minutes(6, 40);
        assertThat(waits.late()).isFalse();
        reads(100, 119);
        assertThat(waits.late()).isFalse();
        reads(100, 121);
        assertThat(waits.late()).isTrue();
    }

    @Test
    void whatIsUsualMayChange() {
        minutes(6, 40);
        minutes(1, 2);
        reads(100, 40);
        assertThat(waits.late()).isTrue();
    }

    private void minutes(int many, long millis) {
        for (int i = 0; i < many * 240; i++) {
            reads(100, millis);
        }
    }

    /** Within a quarter of a second, or at its end when it is the last of them. */
    private void reads(int many, long millis) {
        for (int i = 0; i < many; i++) {
            read(Duration.ofMillis(250).dividedBy(100), millis);
        }
    }

    private void read(Duration later, long millis) {
        nanos.addAndGet(later.toNanos());
        waits.answered(Duration.ofMillis(millis).toNanos());
    }
}
