package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The schedule, run tick by tick. */
@ProcessTest
@Covers("schedule")
@Import(RotationStand.class)
class ScheduleProcessTest {

    @Autowired
    RotationStand stand;

    @Autowired
    RepositoryService repository;

    private void tick() {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey("schedule")
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
    }

    @Test
    void aTickAdoptsWhatIsNewWithoutRotatingIt() {
        Credential credential = Given.policy().initial("known-before").credential("test/team/paper/new-one");
        stand.catalog.clear();
        stand.target.reset();
        stand.catalog.put(credential);
        stand.target.set("app", "known-before");
        tick();
        assertThat(stand.versions.current(credential.name())).isPresent();
        assertThat(stand.operations.active(credential.name())).isEmpty();
        assertThat(stand.target.calls("apply")).isZero();
    }

    @Test
    void anInitialValueThatDoesNotLogInIsNotAdopted() {
        Credential credential = Given.policy().initial("wrong").credential("test/team/paper/wrong-one");
        stand.catalog.clear();
        stand.target.reset();
        stand.catalog.put(credential);
        stand.target.set("app", "something else");
        tick();
        assertThat(stand.versions.current(credential.name())).isEmpty();
        assertThat(stand.target.calls("apply")).isZero();
    }

    @Test
    void aTickTellsARotationThatMissedTheWishToGoBack() {
        Credential credential = stand.adopted(Given.policy().consumers("web"));
        Operation operation = stand.rotate(credential);
        stand.operations.requestRollback(operation.id());
        tick();
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aTargetIsNotWornOutByAnInitialValueThatStaysWrong() {
        Credential credential = Given.policy().initial("wrong").credential("test/team/paper/still-wrong");
        stand.catalog.clear();
        stand.target.reset();
        stand.catalog.put(credential);
        stand.target.set("app", "something else");
        for (int second = 0; second < 3600; second += 5) {
            tick();
            stand.clock.advance(Duration.ofSeconds(5));
        }
        assertThat(stand.target.calls("verify")).isBetween(5, 12);
        stand.target.set("app", "wrong");
        stand.clock.advance(Duration.ofMinutes(11));
        tick();
        assertThat(stand.versions.current(credential.name())).isPresent();
    }

    @Test
    void aTickQueuesWhatIsDueOnceAndAWorkerFinishesIt() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.inventory.schedule(credential.name(), stand.clock.instant().minusSeconds(1));
        tick();
        Operation due = stand.operations.active(credential.name()).orElseThrow();
        assertThat(due.status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(due.requestedBy()).isEqualTo("schedule");
        tick();
        assertThat(stand.operations.history(credential.name(), 10)).hasSize(1);
        stand.dispatchOnce();
        assertThat(stand.now(due).outcome()).isEqualTo(Outcome.ROTATED);
        tick();
        assertThat(stand.operations.active(credential.name())).isEmpty();
    }

    @Test
    void aPolicyThatNowWantsAnotherTimeSetsTheDueTimeAnewCountedFromTheLastRotation() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.rotate(credential);
        Instant rotated =
                stand.versions.current(credential.name()).orElseThrow().createdAt();
        Duration most = Duration.ofDays(45);
        Span blackout = new Span(rotated.plus(Duration.ofDays(29)), rotated.plus(Duration.ofDays(40)));
        Timing timing = new Timing(
                List.of(),
                new Blackouts(List.of(new Blackouts.Blackout(blackout, "freeze"))),
                Duration.ZERO,
                Optional.of(most),
                "changed");
        stand.catalog.put(Given.policy()
                .initial("the-first-secret")
                .timing(timing)
                .credential(credential.name().value()));
        tick();

        InventoryEntry entry = stand.inventory.find(credential.name()).orElseThrow();
        assertThat(entry.nextRotationAt()).isEqualTo(blackout.to());
        assertThat(entry.rotateBy()).isEqualTo(rotated.plus(most));
        Operation failed = stand.request(credential);
        stand.operations.requestRollback(failed.id());
        stand.dispatchOnce();
        stand.jobs(failed);
        assertThat(stand.now(failed).outcome()).isNotEqualTo(Outcome.ROTATED);
        assertThat(stand.inventory.find(credential.name()).orElseThrow().rotateBy())
                .isEqualTo(rotated.plus(most));
    }

    @Test
    void aTickTellsAnOperationThatMissedTheMoveOfItsLastConsumer() {
        Credential credential = stand.adopted(Given.policy().consumers("web"));
        Operation operation = stand.rotate(credential);
        stand.consumers.seen("web", new SecretRef(credential.name(), 2));
        tick();
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aTickReachesEveryFlowNode() {
        tick();
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("schedule")
                .latestVersion()
                .singleResult()
                .getId();
        Set<String> reached =
                stand.history.createHistoricActivityInstanceQuery().processDefinitionId(definition).list().stream()
                        .map(HistoricActivityInstance::getActivityId)
                        .collect(Collectors.toSet());
        assertThat(repository.getBpmnModelInstance(definition).getModelElementsByType(FlowNode.class))
                .extracting(FlowNode::getId)
                .allMatch(reached::contains);
    }
}
