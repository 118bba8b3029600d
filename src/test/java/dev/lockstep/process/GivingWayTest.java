package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GivingWayTest {

    private final AtomicLong nanos = new AtomicLong(-3);
    private final AtomicBoolean late = new AtomicBoolean();
    private final GivingWay workers = new GivingWay(late::get, 8, nanos::get);

    @Test
    void allMayWorkWhileNobodyWaits() {
        assertThat(workers.getAsInt()).isEqualTo(8);
        pass(Duration.ofHours(1));
        assertThat(workers.getAsInt()).isEqualTo(8);
    }

    @Test
    void whileReadsAreLateOneWorks() {
        late.set(true);
        assertThat(workers.getAsInt()).isEqualTo(1);
        assertThat(after(Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void afterwardsOneMoreComesBackEveryThreeSecondsHoweverLongItWas() {
        late.set(true);
        assertThat(after(Duration.ofMinutes(1))).isEqualTo(1);

        late.set(false);
        assertThat(workers.getAsInt()).isEqualTo(1);
        assertThat(after(Duration.ofMillis(2_999))).isEqualTo(1);
        assertThat(after(Duration.ofMillis(1))).isEqualTo(2);
        assertThat(after(Duration.ofMillis(7_500))).isEqualTo(4);
        assertThat(after(Duration.ofMillis(1_500))).isEqualTo(5);
        assertThat(after(Duration.ofHours(1))).isEqualTo(8);
    }

    private int after(Duration time) {
        pass(time);
        return workers.getAsInt();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
