package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Rotations;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Full rotations through the process engine, in pairs with the same steps in a plain loop. */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationBench {

    private static final double LEAST_RATIO = 0.6;
    private static final int ROLES = 1000;
    private static final int BATCH = 250;
    private static final int PAIRS = Integer.getInteger("bench.pairs", 6);

    private Stand stand;
    private JdbcClient outside;
    private PlainLoop loop;
    private EngineRun engine;
    private int done;

    @BeforeAll
    void start() {
        stand = Stand.with(ROLES, Map.of("lockstep.dispatch", "false"));
        outside = stand.outside();
        loop = new PlainLoop(stand);
        engine = new EngineRun(stand, outside);
    }

    @AfterAll
    void stop() {
        stand.close();
    }

    @Test
    void the_engine_keeps_up_with_a_plain_loop() throws InterruptedException {
        assertThat(outside.sql("SHOW fsync").query(String.class).single()).isEqualTo("on");
        // The first rotation of a role has nothing to retire, so every role has one before anything is measured.
        while (done < ROLES + 2 * BATCH) {
            byLoop();
            byEngine();
        }
        Comparison comparison = new Comparison();
        for (int pair = 0; pair < PAIRS; pair++) {
            if (pair % 2 == 0) {
                Usage.Batch first = byLoop();
                comparison.add(first, byEngine());
            } else {
                Usage.Batch first = byEngine();
                comparison.add(byLoop(), first);
            }
        }
        nothingWasSkipped();
        comparison.report();
        assertThat(comparison.ratio()).isGreaterThanOrEqualTo(LEAST_RATIO);
    }

    private Usage.Batch byLoop() throws InterruptedException {
        return measure(Comparison.LOOP, () -> loop.work(BATCH));
    }

    private Usage.Batch byEngine() throws InterruptedException {
        return measure(Comparison.ENGINE, engine::work);
    }

    /** Requests are queued the same way for both, and not measured; what is, begins with the first claim. */
    private Usage.Batch measure(String by, Runnable work) throws InterruptedException {
        Rotations rotations = stand.bean(Rotations.class);
        next().forEach(role -> rotations.rotate(role, false, "bench", "a batch of the benchmark"));
        while (count("audit_pending") > 0) {
            Thread.sleep(50);
        }
        Usage before = Usage.now(stand);
        work.run();
        return Usage.now(stand).since(before, by, BATCH);
    }

    private List<CredentialName> next() {
        int from = done;
        done += BATCH;
        return IntStream.range(from, done)
                .mapToObj(i -> stand.credentials().get(i % ROLES))
                .toList();
    }

    private void nothingWasSkipped() {
        assertThat(count("operation WHERE outcome = 'ROTATED'")).isEqualTo(done);
        assertThat(count("attempt WHERE step = 'PROVE_DEAD'")).isEqualTo(done - ROLES);
        assertThat(count("attempt WHERE outcome <> 'succeeded'")).isZero();
    }

    private int count(String what) {
        return outside.sql("SELECT count(*) FROM " + what).query(Integer.class).single();
    }
}
