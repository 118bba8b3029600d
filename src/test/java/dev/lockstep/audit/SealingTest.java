package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.port.AuditReview.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SealingTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final Path directory;

    SealingTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @EnumSource
    void writersDoNotWaitForAnOpenSealing(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.append(0);
            CountDownLatch sealed = new CountDownLatch(1);
            CountDownLatch written = new CountDownLatch(1);
            Future<Boolean> sealing = threads.submit(() -> stand.transaction.execute(status -> {
                stand.sealer(500).sealBatch();
                sealed.countDown();
                return await(written);
            }));
            assertThat(await(sealed)).isTrue();

            for (Future<?> writer : writers(stand, 8, 25)) {
                writer.get(10, TimeUnit.SECONDS);
            }

            assertThat(sealing).as("the sealing is still open").isNotDone();
            written.countDown();
            assertThat(sealing.get(10, TimeUnit.SECONDS)).isTrue();
            stand.seal();
            assertThat(stand.verify()).returns(true, Verdict::intact).returns(201L, Verdict::position);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writersDoNotWaitForEachOther(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.transaction.executeWithoutResult(status -> {
                stand.append(1);
                getAll(writers(stand, 1, 1));
            });

            stand.seal();

            assertThat(stand.verify()).returns(true, Verdict::intact).returns(2L, Verdict::position);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatCommitsLateIsSealedBehindThoseThatOvertookIt(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.transaction.executeWithoutResult(status -> {
                stand.append(1);
                getAll(writers(stand, 1, 3));
                getAll(List.of(threads.submit(stand::seal)));
                assertThat(stand.chain.head().position()).isEqualTo(3);
            });

            stand.seal();

            assertThat(stand.eventAt(4)).isLessThan(stand.eventAt(1));
            assertThat(stand.verify()).returns(true, Verdict::intact).returns(0L, Verdict::pending);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondSealerStandsBackWhileOneIsSealing(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.append(1);
            stand.append(2);
            stand.transaction.executeWithoutResult(status -> {
                assertThat(stand.sealer(1).sealBatch()).isTrue();
                getAll(List.of(threads.submit(
                        () -> assertThat(stand.sealer(1).sealBatch()).isFalse())));
            });

            assertThat(stand.chain.head().position()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChainStaysWholeWhileEightWritersAndTwoSealersWork(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            AtomicBoolean writing = new AtomicBoolean(true);
            List<Future<?>> sealers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                sealers.add(threads.submit(() -> {
                    while (writing.get()) {
                        stand.sealer(7).sealBatch();
                        assertThat(stand.verify().firstBad()).isNull();
                    }
                }));
            }
            getAll(writers(stand, 8, 50));
            writing.set(false);
            getAll(sealers);
            stand.seal();

            assertThat(stand.verify()).returns(true, Verdict::intact).returns(400L, Verdict::position);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRestartContinuesTheChain(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.append(1);
            stand.sealing().run(() -> false, false);
            stand.append(2);

            AuditStand later = stand.restarted();
            later.clock.advance(Duration.ofMinutes(2));
            later.sealing().run(() -> false, false);

            assertThat(later.verify())
                    .returns(true, Verdict::intact)
                    .returns(2L, Verdict::position)
                    .returns(2L, Verdict::checkpoints)
                    .returns(2L, Verdict::checkpointPosition);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failingAndRecoveryAreLoggedOnceAndTheLagGrowsMeanwhile(Kind kind, CapturedOutput output) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            SealingRun sealing = stand.sealing();
            stand.append(1);
            sealing.run(() -> false, false);
            assertThat(stand.state.lagSeconds()).isZero();
            stand.append(2);
            stand.jdbc.sql("ALTER TABLE audit_seal RENAME TO mislaid").update();

            sealing.run(() -> false, false);
            stand.clock.advance(Duration.ofSeconds(90));
            sealing.run(() -> false, false);

            assertThat(stand.state.lagSeconds()).isEqualTo(90);
            stand.jdbc.sql("ALTER TABLE mislaid RENAME TO audit_seal").update();
            sealing.run(() -> false, false);
            sealing.run(() -> false, false);
            assertThat(stand.state.lagSeconds()).isZero();
            assertThat(stand.state.position()).isEqualTo(2);
            assertThat(output).containsOnlyOnce("cannot be sealed").containsOnlyOnce("sealed again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWaitsIsPendingAndNotBad(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(3);
            stand.append(4);
            stand.clock.advance(Duration.ofSeconds(5));
            stand.append(5);

            assertThat(stand.verify())
                    .returns(true, Verdict::intact)
                    .returns(3L, Verdict::position)
                    .returns(2L, Verdict::pending)
                    .returns(Duration.ofSeconds(5), Verdict::lag);
        }
    }

    @ParameterizedTest
    @EnumSource
    void markersWithoutAnUnsealedEventDoNotStopTheSealer(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(3);
            stand.tamper("INSERT INTO audit_pending (event_id) VALUES (-2), (-1), (%d), (%d)"
                    .formatted(stand.eventAt(1), stand.eventAt(2)));
            stand.append(4);

            Sealer sealer = stand.sealer(2);
            while (stand.chain.head().position() < 4 && sealer.sealBatch()) {}

            assertThat(stand.chain.head().position()).isEqualTo(4);
            assertThat(sealer.sealBatch()).as("nothing is left to do").isFalse();
        }
    }

    private List<Future<?>> writers(AuditStand stand, int writers, int events) {
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            running.add(threads.submit(() -> {
                for (int number = 0; number < events; number++) {
                    stand.append(number);
                }
            }));
        }
        return running;
    }

    private static void getAll(List<Future<?>> tasks) {
        for (Future<?> task : tasks) {
            try {
                task.get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("a thread failed or hung", e);
            }
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
