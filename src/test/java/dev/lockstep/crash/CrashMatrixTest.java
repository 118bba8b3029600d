package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disturbs rotations at every call through a port and asks after each what must always hold. */
class CrashMatrixTest {

    private static final int KILLS_PER_STRATEGY = 17;

    @Test
    void whateverGoesWrongAtAnyCallTheInvariantsHold(@TempDir Path data) throws Exception {
        Secrets secrets = Secrets.listening();
        Programs programs = Programs.in(data);
        List<Row> rows = new ArrayList<>();
        List<String> everywhere = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Matrix inPlace = new Matrix(data.resolve("in-place"), programs, secrets);
                Matrix alternating = new Matrix(data.resolve("alternating"), programs, secrets)) {
            inPlace.rehearse();
            Future<?> one = threads.submit(
                    () -> disturb(inPlace, Scenario.IN_PLACE, Scenario.IN_PLACE_LAST_ATTEMPT, Scenario.ROLL_BACK));
            Future<?> other = threads.submit(() -> disturb(
                    alternating,
                    Scenario.ALTERNATING,
                    Scenario.ALTERNATING_LAST_ATTEMPT,
                    Scenario.ALTERNATING_ROLL_BACK));
            one.get();
            other.get();
            inPlace.frozen(Scenario.IN_PLACE_LAST_ATTEMPT, Mode.EXCEPTION, Side.AFTER);
            alternating.frozen(Scenario.ALTERNATING_LAST_ATTEMPT, Mode.EXCEPTION, Side.AFTER);
            for (Matrix matrix : List.of(inPlace, alternating)) {
                rows.addAll(matrix.rows());
                everywhere.addAll(matrix.everywhere());
            }
        } finally {
            threads.shutdownNow();
            secrets.stopListening();
        }
        Report report = Report.of(rows, everywhere);
        report.write(Path.of("target", "reports"));
        assertThat(report.points()).isPositive();
        assertThat(report.kills()).isGreaterThanOrEqualTo(30);
        assertThat(report.everywhere()).isEmpty();
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.violations()).isEmpty());
    }

    private static void disturb(Matrix matrix, Scenario plain, Scenario lastAttempt, Scenario rolledBack) {
        matrix.everyEffect(lastAttempt, Mode.TIMEOUT);
        matrix.everyEffect(rolledBack, Mode.SIMULATED_KILL);
        matrix.kills(plain, KILLS_PER_STRATEGY);
        matrix.everyCall(plain);
    }
}
