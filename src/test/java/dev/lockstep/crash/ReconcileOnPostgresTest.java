package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.lifecycle.ListPrincipals;
import dev.lockstep.lifecycle.ReconcileTarget;
import dev.lockstep.lifecycle.RepairDrift;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Sightings;
import dev.lockstep.process.Given;
import dev.lockstep.testing.FaultyProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Comparing credentials with a real server that somebody else changes too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcileOnPostgresTest {

    private FaultStand stand;

    @BeforeAll
    void start(@TempDir Path data) {
        stand = new FaultStand(data, Map.of());
    }

    @AfterAll
    void stop() throws IOException {
        stand.close();
    }

    private Optional<Finding> look(Trial trial) {
        return stand.node.crossings().observe(() -> {
            stand.node.bean(ReconcileTarget.class).run("orders-db");
            return stand.node.bean(Checks.class).finding(trial.name());
        });
    }

    private String role(Trial trial) {
        return trial.credential().principals().get(0);
    }

    @Test
    void a_password_that_was_changed_outside_is_found_and_put_right_by_a_rotation() {
        Trial trial = stand.inUse(Given.policy().grace(Duration.ZERO));
        assertThat(look(trial)).isEmpty();

        stand.site
                .sql()
                .sql("ALTER ROLE " + role(trial) + " PASSWORD 'set-by-somebody-else'")
                .update();
        stand.node.advance(Duration.ofHours(2));
        Finding finding = look(trial).orElseThrow();
        assertThat(finding.code()).isEqualTo(FailureCode.DRIFT);
        assertThat(finding.detail()).contains(role(trial)).contains("is refused");

        stand.node.crossings().observe(() -> stand.node.bean(RepairDrift.class).run(trial.name()));
        stand.node.worker().dispatch(stand.node.now());
        stand.node.advance(Duration.ofSeconds(1));
        assertThat(stand.node.bean(Operations.class).active(trial.name())).isEmpty();
        assertThat(look(trial)).isEmpty();
    }

    @Test
    void a_retired_password_that_somebody_has_put_back_is_found() {
        Trial trial = stand.inUse(Given.policy().grace(Duration.ZERO));
        String first = "canary-of-" + role(trial);
        stand.rotate(trial);
        assertThat(look(trial)).isEmpty();
        stand.site
                .sql()
                .sql("ALTER ROLE " + role(trial) + " PASSWORD '" + first + "'")
                .update();

        stand.node.advance(Duration.ofHours(2));

        assertThat(look(trial).orElseThrow().code()).isEqualTo(FailureCode.DRIFT);
    }

    @Test
    void a_server_that_does_not_answer_is_no_finding() {
        Trial trial = stand.inUse(Given.policy());
        stand.node.advance(Duration.ofHours(2));
        stand.proxy.mode(FaultyProxy.Mode.RESET);
        try {
            assertThat(look(trial)).isEmpty();
        } catch (RuntimeException retried) {
            assertThat(stand.node.bean(Checks.class).finding(trial.name())).isEmpty();
        } finally {
            stand.proxy.mode(FaultyProxy.Mode.PASS);
        }
    }

    @Test
    void roles_that_no_credential_has_are_listed() {
        Trial trial = stand.inUse(Given.policy());
        stand.site.role("left_over_by_somebody", "whatever-it-is");
        stand.node.advance(Duration.ofHours(2));

        stand.node.crossings().observe(() -> {
            stand.node.bean(ListPrincipals.class).run("orders-db");
            return trial;
        });

        assertThat(stand.node.bean(Sightings.class).list())
                .extracting(Sightings.Sighting::principal)
                .contains("left_over_by_somebody")
                .doesNotContain(role(trial));
    }
}
