package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Targets;
import dev.lockstep.process.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The administrator of a target is itself a credential that is rotated: nobody is locked out, whatever dies when. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagedAdministratorTest {

    private static final String INITIAL = "canary-of-the-managed-administrator";

    private FaultStand stand;
    private Trial administrator;
    private int dependants;

    @BeforeAll
    void start(@TempDir Path data) {
        stand = new FaultStand(data, Map.of());
        stand.site.role(NodeConfiguration.MANAGED_ADMIN, INITIAL);
        stand.site
                .sql()
                .sql("ALTER ROLE " + NodeConfiguration.MANAGED_ADMIN + " CREATEROLE")
                .update();
        administrator = adopt(
                Given.policy()
                        .grace(Duration.ZERO)
                        .principal(NodeConfiguration.MANAGED_ADMIN)
                        .initial(INITIAL)
                        .target("orders-db", Map.of("database", stand.site.database())),
                NodeConfiguration.MANAGED_CREDENTIAL.value());
    }

    @AfterAll
    void stop() throws IOException {
        stand.site.sql().sql("DROP OWNED BY " + NodeConfiguration.MANAGED_ADMIN).update();
        stand.close();
    }

    private Trial adopt(Given given, String name) {
        Credential credential = given.credential(name);
        stand.node.catalog().put(credential);
        stand.node.crossings().observe(() -> {
            stand.node.bean(AdoptCredentials.class).run();
            return credential;
        });
        stand.node.crossings().begin((call, side) -> {});
        return new Trial(Scenario.IN_PLACE, credential, stand.site.sql());
    }

    /** A credential whose account only the managed administrator may change. */
    private Trial dependant() {
        String role = "dependant_" + ++dependants;
        stand.site
                .sql()
                .sql("CREATE ROLE " + role + " LOGIN PASSWORD 'canary-of-" + role + "'")
                .update();
        stand.site
                .sql()
                .sql("GRANT " + role + " TO " + NodeConfiguration.MANAGED_ADMIN
                        + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
                .update();
        return adopt(
                Given.policy()
                        .grace(Duration.ZERO)
                        .principal(role)
                        .initial("canary-of-" + role)
                        .target(NodeConfiguration.MANAGED, Map.of("database", stand.site.database())),
                "test/fault/postgres/" + role.replace('_', '-'));
    }

    private void rotatesAtTheFirstTry(Trial trial, String when) {
        stand.rotate(trial);
        assertThat(trial.operation().orElseThrow().outcome()).as(when).isEqualTo("ROTATED");
        assertThat(stand.logsIn(trial, trial.current().orElseThrow())).as(when).isTrue();
    }

    private void cameToRest(String when) {
        assertThat(administrator.operations()).as(when).allMatch(Trial.Op::closed);
        Trial.Known current = administrator.current().orElseThrow();
        for (Trial.Known version : administrator.versions()) {
            assertThat(stand.logsIn(administrator, version))
                    .as(when + ": " + version)
                    .isEqualTo(version.equals(current));
        }
    }

    private List<Crossings.Call> callsOfACleanRotation() {
        stand.node.crossings().begin((call, side) -> {});
        rotatesAtTheFirstTry(administrator, "undisturbed");
        return stand.node.crossings().done().stream()
                .filter(call -> !KillPoints.reads(call))
                .toList();
    }

    @Test
    void dependants_rotate_wherever_the_rotation_of_their_administrator_has_died() {
        Trial dependant = dependant();
        List<String> died = new ArrayList<>();
        for (Crossings.Call call : callsOfACleanRotation()) {
            for (Side side : Side.values()) {
                String when = side + " " + call.label() + " #" + call.number();
                Fault fault = new Fault(call.number(), side, Mode.SIMULATED_KILL);
                stand.node.crossings().begin(fault);
                try {
                    stand.rotate(administrator);
                } catch (Killed dead) {
                    died.add(when);
                }
                stand.node.crossings().pass();

                rotatesAtTheFirstTry(dependant, "while the administrator's rotation lies dead " + when);

                stand.recover(administrator);
                cameToRest(when);
                rotatesAtTheFirstTry(dependant, "after the administrator's rotation, dead " + when);
            }
        }
        assertThat(died).hasSizeGreaterThan(20);
        assertThat(died).anyMatch(when -> when.contains("AFTER Target.apply"));
    }

    @Test
    void an_administrator_that_is_applied_and_not_promoted_logs_in_with_what_is_staged() {
        Trial dependant = dependant();
        int apply = callsOfACleanRotation().stream()
                .filter(call -> call.label().equals("Target.apply"))
                .findFirst()
                .orElseThrow()
                .number();
        stand.node.crossings().begin(new Fault(apply, Side.AFTER, Mode.SIMULATED_KILL));
        assertThatThrownBy(() -> stand.rotate(administrator)).isInstanceOf(Killed.class);
        stand.node.crossings().pass();

        assertThat(stand.logsIn(administrator, administrator.current().orElseThrow()))
                .isFalse();
        assertThat(administrator.versions().get(0).stage()).isEqualTo(Stage.STAGED);
        rotatesAtTheFirstTry(dependant, "applied and not promoted");
        assertThat(stand.node
                        .bean(Targets.class)
                        .target(NodeConfiguration.MANAGED)
                        .health()
                        .up())
                .isTrue();

        stand.recover(administrator);
        cameToRest("applied and not promoted");
    }

    @Test
    void the_administrator_and_its_dependants_rotate_at_the_same_time() throws Exception {
        List<Trial> many = List.of(dependant(), dependant(), dependant());
        List<Callable<Void>> work = new ArrayList<>();
        List<Trial> all = new ArrayList<>(many);
        all.add(administrator);
        for (Trial trial : all) {
            work.add(() -> {
                for (int i = 0; i < 5; i++) {
                    stand.request(trial);
                    while (!trial.operation().orElseThrow().closed()) {
                        stand.node.worker().dispatch(stand.node.now());
                        Thread.sleep(5);
                    }
                    assertThat(trial.operation().orElseThrow().outcome())
                            .as(trial.name().value())
                            .isEqualTo("ROTATED");
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (Trial trial : all) {
            assertThat(trial.operations()).allMatch(Trial.Op::closed);
            assertThat(stand.logsIn(trial, trial.current().orElseThrow())).isTrue();
        }
    }

    @Test
    void a_contained_administrator_is_not_logged_in_with_and_the_failure_says_so() {
        Trial dependant = dependant();
        Inventory inventory = stand.node.bean(Inventory.class);
        inventory.mark(administrator.name(), CredentialStatus.CONTAINED);
        try (SecretValue secret = SecretValue.of("canary-that-is-never-applied")) {
            Account account = dependant
                    .credential()
                    .account(dependant.credential().principals().get(0));
            RetryableException refused = catchThrowableOfType(
                    RetryableException.class,
                    () -> stand.node
                            .bean(Targets.class)
                            .target(NodeConfiguration.MANAGED)
                            .apply(account, secret));

            assertThat(refused.code()).isEqualTo(FailureCode.REFERENCE_UNUSABLE);
            assertThat(refused)
                    .hasMessageContaining("${credential:" + administrator.name() + "}")
                    .hasMessageContaining("contained");
            assertThat(stand.node
                            .bean(Targets.class)
                            .target(NodeConfiguration.MANAGED)
                            .health()
                            .detail())
                    .contains("contained");
        } finally {
            inventory.mark(administrator.name(), CredentialStatus.ACTIVE);
        }
        rotatesAtTheFirstTry(dependant, "in use again");
    }
}
