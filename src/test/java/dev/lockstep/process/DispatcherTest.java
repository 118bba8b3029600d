package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final long PATIENCE = 10;

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final Semaphore overflown = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Dispatcher dispatcher =
            new Dispatcher("test", new Crew(2, 0, System::nanoTime), this::claim, overflown::release);

    private List<WorkSource.Work> claim(int most, Crew.Roll crew) {
        List<WorkSource.Work> claimed = new ArrayList<>();
        while (claimed.size() < most && !queue.isEmpty()) {
            claimed.add(new WorkSource.Work("somewhere", queue.remove()));
        }
        return claimed;
    }

    @AfterEach
    void stop() {
        end.countDown();
        dispatcher.stop(Duration.ofSeconds(PATIENCE));
    }

    @Test
    void saysThatThereMayBeMoreWhenItsLastWorkerIsTakenAndAtEachWakeFromThenOn() throws InterruptedException {
        queue.add(this::occupy);
        queue.add(this::occupy);
        dispatcher.start();
        assertThat(overflown.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();

        dispatcher.wake();
        assertThat(overflown.availablePermits()).isEqualTo(1);
        dispatcher.wake();
        assertThat(overflown.availablePermits()).isEqualTo(2);
    }

    @Test
    void keepsToItselfWhatItHasWorkersFor() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        queue.add(done::countDown);
        dispatcher.start();

        assertThat(done.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        stop();
        assertThat(overflown.availablePermits()).isZero();
    }

    private void occupy() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
