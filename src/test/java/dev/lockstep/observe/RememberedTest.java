package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final TestClock clock = TestClock.frozenAt(Samples.NOW);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void an_answer_is_asked_for_again_when_it_has_grown_old() {
        Remembered<Integer> remembered = new Remembered<>(asked::incrementAndGet, Duration.ofSeconds(10), clock);

        assertThat(remembered.value()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(9));
        assertThat(remembered.value()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(remembered.value()).isEqualTo(2);
    }

    @Test
    void a_clock_that_was_set_back_does_not_freeze_the_answer() {
        Remembered<Integer> remembered = new Remembered<>(asked::incrementAndGet, Duration.ofSeconds(10), clock);
        remembered.value();

        clock.advance(Duration.ofDays(-1));

        assertThat(remembered.value()).isEqualTo(2);
    }

    @Test
    void others_get_the_old_answer_while_one_waits_for_a_slow_source() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Remembered<Integer> remembered = new Remembered<>(
                () -> {
                    int count = asked.incrementAndGet();
                    if (count > 1) {
                        waiting.countDown();
                        await(answer);
                    }
                    return count;
                },
                Duration.ofSeconds(10),
                clock);
        remembered.value();
        clock.advance(Duration.ofSeconds(11));

        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(remembered::value);
        await(waiting);
        assertThat(remembered.value()).isEqualTo(1);
        answer.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void a_source_that_failed_is_left_alone_for_a_while() {
        Remembered<Integer> remembered = new Remembered<>(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return asked.get();
                },
                Duration.ofSeconds(10),
                clock);

        assertThatThrownBy(remembered::value).hasMessage("not now");
        assertThatThrownBy(remembered::value).hasMessage("not now");
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(remembered.value()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
