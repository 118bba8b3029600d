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

/** Disturbs everything but plain rotations and leaks, at every call that has an effect. */
class LifeMatrixTest {

    private static final int KILLS = 3;

    @Test
    void whatever_goes_wrong_nothing_is_orphaned_and_nothing_comes_back(@TempDir Path data) throws Exception {
        Secrets secrets = Secrets.listening();
        Programs programs = Programs.in(data);
        List<Row> rows = new ArrayList<>();
        List<String> everywhere = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Matrix begins = new Matrix(data.resolve("begins"), programs, secrets);
                Matrix ends = new Matrix(data.resolve("ends"), programs, secrets)) {
            begins.rehearse();
            Future<?> one = threads.submit(() -> disturb(
                    begins,
                    Scenario.ISSUANCE,
                    Scenario.ISSUANCE_LAST_ATTEMPT,
                    Scenario.ISSUANCE_GIVEN_UP,
                    Scenario.DRIFT,
                    Scenario.COMPARISON,
                    Scenario.ACCESS_REVIEW,
                    Scenario.ACCESS_REVIEW_DUE));
            Future<?> other = threads.submit(() -> disturb(
                    ends,
                    Scenario.DECOMMISSION_LAST_ATTEMPT,
                    Scenario.ALTERNATING_DECOMMISSION,
                    Scenario.DECOMMISSION_CALLED_OFF,
                    Scenario.DECOMMISSION_READ,
                    Scenario.OUTAGE,
                    Scenario.BREAK_GLASS,
                    Scenario.DRILL));
            one.get();
            other.get();
            for (Matrix matrix : List.of(begins, ends)) {
                rows.addAll(matrix.rows());
                everywhere.addAll(matrix.everywhere());
            }
        } finally {
            threads.shutdownNow();
            secrets.stopListening();
        }
        Report report = Report.of(rows, everywhere);
        report.write(Path.of("target", "reports"), "crash-matrix-life");
        assertThat(report.points()).isGreaterThan(200);
        assertThat(report.kills()).isGreaterThanOrEqualTo(32);
        assertThat(report.everywhere()).isEmpty();
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.violations()).isEmpty());
    }

    /** A time-out hurts most where each failure is the last one that the policy allows, or where nothing is undone. */
    private static void disturb(Matrix matrix, Scenario... scenarios) {
        for (Scenario scenario : scenarios) {
            if (scenario.undoesAtOnce() || !scenario.undoes()) {
                matrix.everyEffect(scenario, Mode.TIMEOUT);
            }
            if (!scenario.undoesAtOnce()) {
                matrix.everyEffect(scenario, Mode.SIMULATED_KILL);
                matrix.kills(scenario, KILLS);
            }
        }
        matrix.everyEffect(Scenario.COMPARISON, Mode.EXCEPTION);
    }
}
