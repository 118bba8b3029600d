package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rehearsals;
import dev.lockstep.port.Rotations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

/** Every scenario on the running application, on the shipped model, at a real PostgreSQL. */
@Covers("drill")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrillTest implements Covers.Node {

    /** A lease, and the start of a process on a busy machine. */
    private static final Duration NODE_LOST = Duration.ofMinutes(3);

    private DrillStand stand;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        stand = new DrillStand(directory);
    }

    @Override
    public ApplicationContext application() {
        return stand.application();
    }

    @Override
    public void close() {
        stand.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DEAD_TARGET, TARGET_UNREACHABLE",
        "DEAD_STORE, STORE_UNAVAILABLE",
        "REFUSED_PASSWORD, SECRET_REFUSED",
    })
    void aFaultIsMetByTheSandboxOnlyAndRecoveredFromWhenItEnds(Drill.Scenario scenario, String code) throws Exception {
        CredentialName sandbox = stand.sandbox();
        Drill drill = stand.begin(sandbox, scenario);
        long other = stand.bean(Rotations.class)
                .rotate(DrillStand.name(DrillStand.EARNEST), false, "tester", "goes on as always")
                .id();
        drill = stand.await(drill, DrillStand.PATIENCE, known -> known.state() == Drill.State.DEBRIEF);
        assertThat(drill.result()).as(String.valueOf(drill.story())).isEqualTo(Drill.Result.PASSED);
        assertThat(drill.toDetect().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        assertThat(drill.toContain().orElseThrow())
                .isGreaterThanOrEqualTo(drill.toDetect().orElseThrow());
        assertThat(drill.toRecover().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
        assertThat(failures(drill)).contains(code);
        assertThat(stand.currentLogsIn(sandbox)).isTrue();
        Operation undisturbed = stand.bean(Operations.class).get(other);
        assertThat(undisturbed.outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(undisturbed.failure()).isNull();
        assertThat(stand.bean(Breakers.class).paused()).isEmpty();
        assertThat(stand.bean(Drills.class).faulty(sandbox)).isEmpty();
        drill = stand.debriefed(drill);
        assertThat(drill.findings()).isEqualTo("it works");
        assertThat(drill.debriefedBy()).isEqualTo("carol");
        assertThat(audited(drill))
                .containsSubsequence("drill.begin", "drill.inject", "drill.end-fault", "drill.end", "drill.close");
    }

    private List<String> failures(Drill drill) {
        return stand.sql()
                .sql("SELECT failure FROM attempt WHERE operation = :operation AND failure IS NOT NULL")
                .param("operation", drill.operation())
                .query(String.class)
                .list();
    }

    private List<String> audited(Drill drill) {
        return stand.sql()
                .sql("SELECT action FROM audit_event WHERE subject = :subject AND action LIKE 'drill.%' ORDER BY id")
                .param("subject", drill.credential().value())
                .query(String.class)
                .list();
    }

    @Test
    void aLeakGoesTheWayOfEveryLeakAndIsMarkedAsDrillEverywhere() throws Exception {
        CredentialName sandbox = stand.sandbox();
        Drill drill = stand.begin(sandbox, Drill.Scenario.LEAK);
        drill = stand.await(drill, DrillStand.PATIENCE, known -> known.state() == Drill.State.DEBRIEF);
        assertThat(drill.result()).as(String.valueOf(drill.story())).isEqualTo(Drill.Result.PASSED);
        assertThat(stand.currentLogsIn(sandbox)).isTrue();
        assertThat(stand.sql()
                        .sql("SELECT source FROM incident_signal WHERE incident = :incident")
                        .param("incident", drill.incident())
                        .query(String.class)
                        .list())
                .containsExactly("DRILL");
        String mark = "[" + drill.label() + "] ";
        assertThat(notices("%inc-" + drill.incident() + "%"))
                .isNotEmpty()
                .allMatch(subject -> subject.startsWith(mark));
        assertThatThrownBy(() -> stand.begin(sandbox, Drill.Scenario.LEAK))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("about " + sandbox + " is open");
    }

    private List<String> notices(String about) {
        return stand.sql()
                .sql("SELECT subject FROM notice WHERE subject LIKE :about")
                .param("about", about)
                .query(String.class)
                .list();
    }

    @Test
    void aProcessThatDiesInTheMidstOfTheChangeIsReplacedByAnother() throws Exception {
        CredentialName sandbox = stand.sandbox();
        Drill drill = stand.begin(sandbox, Drill.Scenario.LOST_NODE);
        drill = stand.await(drill, NODE_LOST, known -> known.state() == Drill.State.DEBRIEF);
        assertThat(drill.result()).as(String.valueOf(drill.story())).isEqualTo(Drill.Result.PASSED);
        assertThat(drill.toRecover().orElseThrow()).isLessThan(Duration.ofSeconds(90));
        assertThat(stand.sql()
                        .sql("SELECT outcome FROM attempt WHERE operation = :operation AND step = 'APPLY' ORDER BY id")
                        .param("operation", drill.operation())
                        .query(String.class)
                        .list())
                .startsWith("unknown")
                .hasSizeGreaterThan(1);
        assertThat(stand.currentLogsIn(sandbox)).isTrue();
    }

    @Test
    void whoIsNotRecoveredInTimeHasFailedAndTheFaultIsOver() throws Exception {
        CredentialName sandbox = stand.sandbox();
        Drill drill = stand.begin(sandbox, Drill.Scenario.DEAD_TARGET);
        stand.await(drill, DrillStand.PATIENCE, known -> known.injectedAt() != null);
        stand.await(drill, DrillStand.PATIENCE, known -> stand.path(known).contains("ObserveDrill"));
        stand.deadline(drill);
        drill = stand.await(drill, DrillStand.PATIENCE, known -> known.state() == Drill.State.DEBRIEF);
        assertThat(drill.result()).isEqualTo(Drill.Result.FAILED);
        assertThat(drill.story()).contains("Not recovered.");
        assertThat(stand.bean(Drills.class).faulty(sandbox)).isEmpty();
        Task task = stand.debriefing(drill);
        assertThat(stand.bean(TaskService.class).getVariable(task.getId(), "timeToRecover"))
                .isEqualTo("not reached");
    }

    @Test
    void callingItOffEndsTheFaultAtOnce() throws Exception {
        CredentialName sandbox = stand.sandbox();
        Drill drill = stand.begin(sandbox, Drill.Scenario.DEAD_STORE);
        stand.await(drill, DrillStand.PATIENCE, known -> known.injectedAt() != null);
        stand.bean(Rehearsals.class).cancel(drill.id(), "carol");
        assertThat(stand.bean(Drills.class).faulty(sandbox)).isEmpty();
        drill = stand.await(drill, DrillStand.PATIENCE, known -> known.state() == Drill.State.CLOSED);
        assertThat(drill.result()).isEqualTo(Drill.Result.CANCELLED);
        assertThat(drill.cancelledBy()).isEqualTo("carol");
        Drill over = drill;
        assertThatThrownBy(() -> stand.bean(Rehearsals.class).cancel(over.id(), "carol"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void onlyASandboxThatStandsAloneIsUsed() {
        assertThatThrownBy(() -> stand.begin(DrillStand.name(DrillStand.EARNEST), Drill.Scenario.DEAD_TARGET))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is not marked as sandbox");
        assertThatThrownBy(() -> stand.begin(DrillStand.name(DrillStand.ORIGIN), Drill.Scenario.LEAK))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a sandbox stands alone")
                .hasMessageContaining(DrillStand.name(DrillStand.DERIVED).value());
        assertThatThrownBy(() -> stand.begin(DrillStand.name(DrillStand.APPROVED), Drill.Scenario.DEAD_TARGET))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("waits for the approval of approvers");
    }

    @Test
    void theProcessItselfRefusesWhatIsNoSandbox() throws Exception {
        CredentialName earnest = DrillStand.name(DrillStand.ORIGIN);
        Drills drills = stand.bean(Drills.class);
        Drill drill = drills.open(earnest, Drill.Scenario.LEAK, "mallory", "past the desk")
                .orElseThrow();
        drills.bind(
                drill.id(),
                stand.bean(RuntimeService.class)
                        .createProcessInstanceByKey("drill")
                        .businessKey(drill.label())
                        .setVariable("drill", drill.id())
                        .execute()
                        .getId());
        drill = stand.await(drill, DrillStand.PATIENCE, known -> known.state() == Drill.State.CLOSED);
        assertThat(drill.result()).isEqualTo(Drill.Result.REFUSED);
        assertThat(drill.story()).contains("a sandbox stands alone");
        assertThat(drill.incident()).isNull();
        assertThat(stand.initialLogsIn(DrillStand.ORIGIN)).isTrue();
        assertThat(Objects.requireNonNull(drill.closedAt())).isAfterOrEqualTo(drill.begunAt());
    }
}
