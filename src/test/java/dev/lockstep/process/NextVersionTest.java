package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Migrations;
import dev.lockstep.port.RunVersions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** A next version of each shipped model is deployed while instances wait in every wait state. */
@ProcessTest
@Import(WaysToWait.class)
class NextVersionTest {

    private static final AtomicInteger TAGS = new AtomicInteger();

    @Autowired
    WaysToWait ways;

    @Autowired
    RotationStand stand;

    @Autowired
    IncidentStand incidents;

    @Autowired
    RepositoryService repository;

    @Autowired
    DeployedVersions deployed;

    @Autowired
    Migrations migrations;

    @Autowired
    RunVersions versions;

    @Autowired
    ProcessTestConfiguration.ListedAudit audit;

    static Stream<Arguments> everyWaitState() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("processes"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList().stream()
                    .flatMap(file -> waitStates(file).stream().map(state -> Arguments.of(process(file), state)));
        }
    }

    private static List<String> waitStates(Path file) {
        return WaitStates.of(Bpmn.readModelFromFile(new File(file.toString())));
    }

    private static String process(Path file) {
        return file.getFileName().toString().replace(".bpmn", "");
    }

    private String bring(String process, String state) {
        String instance = ways.bring(process, state);
        assertThat(places(instance)).as("the way to " + state).contains(state);
        return instance;
    }

    @Test
    void itIsKnownHowToReachEveryWaitStateOfEveryModel() throws IOException {
        List<String> unknown = everyWaitState()
                .map(Arguments::get)
                .filter(each -> !ways.known((String) each[0], (String) each[1]))
                .map(each -> WaysToWait.advice((String) each[0], (String) each[1]))
                .toList();
        assertThat(unknown).as(String.join("\n", unknown)).isEmpty();
    }

    @ParameterizedTest(name = "{0} / {1}")
    @MethodSource("everyWaitState")
    void anInstanceFinishesOnTheVersionItBeganWith(String process, String state) {
        String instance = bring(process, state);
        String before = definition(instance);
        deployNext(process);
        finish(instance);
        assertThat(ranOn(instance)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} / {1}")
    @MethodSource("everyWaitState")
    void anInstanceIsMovedToTheNextVersionAndFinishesThere(String process, String state) {
        String instance = bring(process, state);
        String from = tag(process, instance);
        String to = deployNext(process);
        Migrations.Plan plan = migrations.plan(process, from, to, Map.of(), "dora");
        assertThat(plan.misfits()).isEmpty();
        assertThat(plan.migration().total()).isPositive();
        assertThat(tag(process, instance)).as("a plan moves nothing").isEqualTo(from);
        Migrations.Migration moved = moved(plan);
        assertThat(moved.left()).as(moved.problems()).isZero();
        assertThat(moved.moved()).isEqualTo(plan.migration().total());
        assertThat(tag(process, instance)).isEqualTo(to);
        assertThat(places(instance)).contains(state);
        finish(instance);
        assertThat(ranOn(instance))
                .isEqualTo(deployed.tagged(process, to).get(0).definition());
    }

    @Test
    void theNextTickIsThatOfTheNextVersion() {
        for (String process : List.of("schedule", "watch")) {
            String tag = deployNext(process);
            List<Job> timers = stand.management
                    .createJobQuery()
                    .processDefinitionKey(process)
                    .timers()
                    .list();
            assertThat(timers)
                    .extracting(Job::getProcessDefinitionId)
                    .containsExactly(deployed.tagged(process, tag).get(0).definition());
            stand.management.executeJob(timers.get(0).getId());
        }
    }

    @Test
    void aMoveIsRecordedWithTheOperation() {
        Operation operation = stand.rotate(stand.adopted(Given.policy().approval()));
        String to = deployNext("rotation");
        Migrations.Plan plan = migrations.plan(
                "rotation", versions.of(operation.id()).orElseThrow().versionTag(), to, Map.of(), "dora");
        Migrations.Migration done = moved(plan);
        assertThat(versions.of(operation.id()).orElseThrow().label()).isEqualTo("rotation@" + to);
        assertThat(audit.events())
                .filteredOn(event -> Long.valueOf(operation.id()).equals(event.operation()))
                .extracting(AuditEvent::action)
                .contains("operation.migrate");
        assertThat(audit.events())
                .filteredOn(event ->
                        event.subject().equals("rotation") && event.actor().equals("dora"))
                .extracting(AuditEvent::action)
                .containsSubsequence("migration.plan", "migration.confirm", "migration.done");
        assertThatThrownBy(() -> migrations.confirm("rotation", done.id(), "dora"))
                .isInstanceOf(Conflict.class);
        finish(String.valueOf(stand.now(operation).processInstance()));
    }

    @Test
    void noPlanLeadsPastTheDecisionOfSomebodyElse() {
        Operation operation = stand.rotate(stand.adopted(Given.policy().approval()));
        String instance = String.valueOf(stand.now(operation).processInstance());
        String from = versions.of(operation.id()).orElseThrow().versionTag();
        String without = deploy("rotation", model("rotation").replace("\"lockstep.four-eyes\"", "\"house.note\""));
        assertThatThrownBy(() -> migrations.plan("rotation", from, without, Map.of(), "dora"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("'ApproveRotation' waits for the decision of somebody else");
        assertThat(places(instance)).contains("ApproveRotation");
        finish(instance);
    }

    @Test
    void whatHasNoPlaceInTheNextVersionIsToldBeforehandAndStaysUnlessItIsMapped() {
        Operation operation = stand.rotate(stand.adopted(Given.policy().approval()));
        String instance = String.valueOf(stand.now(operation).processInstance());
        String from = versions.of(operation.id()).orElseThrow().versionTag();
        String to = deploy("rotation", model("rotation").replace("\"ApproveRotation\"", "\"ConsentToRotation\""));

        Migrations.Plan without = migrations.plan("rotation", from, to, Map.of(), "dora");
        assertThat(without.instructions()).doesNotContainKey("ApproveRotation");
        assertThat(without.misfits())
                .singleElement()
                .asString()
                .contains(instance)
                .contains("ApproveRotation");
        Migrations.Migration left = moved(without);
        assertThat(left.left()).isEqualTo(1);
        assertThat(left.problems()).contains(instance);
        assertThat(tag("rotation", instance)).isEqualTo(from);

        Migrations.Plan half =
                migrations.plan("rotation", from, to, Map.of("ApproveRotation", "ConsentToRotation"), "dora");
        assertThat(half.misfits())
                .as("a timer would begin anew")
                .singleElement()
                .asString()
                .contains("approvalDeadline");

        Map<String, String> whole =
                Map.of("ApproveRotation", "ConsentToRotation", "ApprovalDeadline", "ApprovalDeadline");
        Migrations.Plan mapped = migrations.plan("rotation", from, to, whole, "dora");
        assertThat(mapped.misfits()).isEmpty();
        assertThat(moved(mapped).left()).isZero();
        assertThat(tag("rotation", instance)).isEqualTo(to);
        assertThat(stand.tasks
                        .createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getTaskDefinitionKey())
                .isEqualTo("ConsentToRotation");
        stand.runtime.deleteProcessInstance(instance, "the test is over");
    }

    @Test
    void anImpossiblePlanIsRefused() {
        assertThatThrownBy(() -> migrations.plan("rotation", "no-such", "1.0.0", Map.of(), "dora"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("no version rotation@no-such is deployed");
        assertThatThrownBy(() -> migrations.plan("rotation", "1.0.0", "1.0.0", Map.of(), "dora"))
                .isInstanceOf(InvalidInput.class);
        String to = deployNext("rotation");
        assertThatThrownBy(() -> migrations.plan("rotation", "1.0.0", to, Map.of("ApproveRotation", "Nowhere"), "dora"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Nowhere");
        assertThatThrownBy(() -> migrations.find("rotation", 4711)).isInstanceOf(InvalidInput.class);
    }

    private String deployNext(String process) {
        return deploy(process, model(process));
    }

    private static String model(String process) {
        try {
            return Files.readString(Path.of("processes", process + ".bpmn"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String deploy(String process, String model) {
        String tag = "next-" + TAGS.incrementAndGet();
        repository
                .createDeployment()
                .addString(process + ".bpmn", model.replaceFirst("versionTag=\"[^\"]*\"", "versionTag=\"" + tag + "\""))
                .deploy();
        stand.clock.advance(Duration.ofMinutes(1));
        return tag;
    }

    private Migrations.Migration moved(Migrations.Plan plan) {
        String process = plan.migration().process();
        migrations.confirm(process, plan.migration().id(), "dora");
        Instant deadline = Instant.now().plusSeconds(60);
        while (migrations.find(process, plan.migration().id()).status() != Migrations.Status.DONE) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
        return migrations.find(process, plan.migration().id());
    }

    private String definition(String instance) {
        return stand.runtime
                .createProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult()
                .getProcessDefinitionId();
    }

    private String tag(String process, String instance) {
        String definition = definition(instance);
        return deployed.lookUp(process).stream()
                .filter(version -> version.definition().equals(definition))
                .findFirst()
                .orElseThrow()
                .tag();
    }

    private String ranOn(String instance) {
        return stand.history
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .finished()
                .singleResult()
                .getProcessDefinitionId();
    }

    /** Where an instance stands, as {@link WaitStates} calls it. */
    private Set<String> places(String instance) {
        Set<String> places = new TreeSet<>(stand.runtime.getActiveActivityIds(instance));
        for (Job job : stand.management
                .createJobQuery()
                .processInstanceId(instance)
                .messages()
                .list()) {
            String configuration = stand.management
                    .createJobDefinitionQuery()
                    .jobDefinitionId(job.getJobDefinitionId())
                    .singleResult()
                    .getJobConfiguration();
            String activity = stand.management
                    .createJobDefinitionQuery()
                    .jobDefinitionId(job.getJobDefinitionId())
                    .singleResult()
                    .getActivityId();
            places.add((configuration.contains("before") ? "before:" : "after:") + activity);
        }
        return places;
    }

    /** Lets everything happen that can, people answer and time pass, until the instance has ended. */
    private void finish(String instance) {
        for (int i = 0; i < 100; i++) {
            if (stand.runtime
                            .createProcessInstanceQuery()
                            .processInstanceId(instance)
                            .count()
                    == 0) {
                return;
            }
            stand.target.immortal(false);
            boolean moved = asyncJobs();
            moved |= incidents.begin() > 0;
            moved |= stand.dispatchOnce() > 0;
            if (!moved && !person(instance) && !timer(instance)) {
                throw new AssertionError("nothing moves any more at " + places(instance));
            }
        }
        throw new AssertionError("the instance never ends; it stands at " + places(instance));
    }

    private boolean asyncJobs() {
        List<Job> jobs =
                stand.management.createJobQuery().messages().withRetriesLeft().list();
        jobs.forEach(this::tryJob);
        return !jobs.isEmpty();
    }

    private void tryJob(Job job) {
        try {
            stand.management.executeJob(job.getId());
        } catch (RuntimeException retried) {
            assertThat(retried).isNotInstanceOf(AssertionError.class);
        }
    }

    private List<String> withCalled(String instance) {
        List<String> all = new ArrayList<>(List.of(instance));
        stand.runtime.createProcessInstanceQuery().superProcessInstanceId(instance).list().stream()
                .map(Execution::getId)
                .forEach(all::add);
        return all;
    }

    private boolean person(String instance) {
        List<Task> open = withCalled(instance).stream()
                .flatMap(each -> stand.tasks.createTaskQuery().processInstanceId(each).list().stream())
                .toList();
        open.forEach(task -> {
            stand.tasks.complete(task.getId(), ways.lastWord(task.getTaskDefinitionKey()));
        });
        return !open.isEmpty();
    }

    private boolean timer(String instance) {
        List<Job> timers = withCalled(instance).stream()
                .flatMap(each -> stand.management.createJobQuery().processInstanceId(each).timers().list().stream())
                .toList();
        timers.stream().findFirst().ifPresent(timer -> {
            stand.clock.advance(Duration.ofMinutes(10));
            tryJob(timer);
        });
        return !timers.isEmpty();
    }
}
