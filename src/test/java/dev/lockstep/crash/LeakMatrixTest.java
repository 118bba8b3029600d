package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disturbs emergencies, from the report of a leak to the new secret, at every call that has an effect. */
class LeakMatrixTest {

    private static final int KILLS_PER_STRATEGY = 14;

    @Test
    void whatever_goes_wrong_the_leaked_secret_is_dead_in_the_end(@TempDir Path data) {
        Secrets secrets = Secrets.listening();
        List<Row> rows = new ArrayList<>();
        List<String> everywhere = new ArrayList<>();
        try (Matrix matrix = new Matrix(data.resolve("leak"), Programs.in(data), secrets)) {
            matrix.rehearse();
            for (Scenario scenario : List.of(Scenario.LEAK, Scenario.ALTERNATING_LEAK)) {
                matrix.kills(scenario, KILLS_PER_STRATEGY);
                matrix.everyEffect(scenario, Mode.TIMEOUT);
                matrix.everyEffect(scenario, Mode.SIMULATED_KILL);
            }
            rows.addAll(matrix.rows());
            everywhere.addAll(matrix.everywhere());
        } finally {
            secrets.stopListening();
        }
        Report report = Report.of(rows, everywhere);
        report.write(Path.of("target", "reports"), "crash-matrix-leak");
        assertThat(report.points()).isGreaterThan(100);
        assertThat(report.kills()).isGreaterThanOrEqualTo(2 * KILLS_PER_STRATEGY);
        assertThat(report.everywhere()).isEmpty();
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.violations()).isEmpty());
    }
}
