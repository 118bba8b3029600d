package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.Breakers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What people are asked when a target is down, on the shipped models. */
@ProcessTest
@Covers("target-outage")
@Import(RotationStand.class)
class TargetOutageProcessTest {

    private static final Duration TOLERATED = Duration.ofMinutes(1);

    @Autowired
    RotationStand stand;

    @Autowired
    Breakers breakers;

    @Autowired
    PaperNotices notices;

    @BeforeEach
    void allIsWell() {
        breakers.paused().forEach(paused -> breakers.resume(paused.target()));
        tick();
        assertThat(instances()).isEmpty();
        notices.clear();
        stand.target.reset();
    }

    private void tick() {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey("watch")
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
        stand.management
                .createJobQuery()
                .processDefinitionKey("watch")
                .messages()
                .list()
                .forEach(job -> stand.management.executeJob(job.getId()));
    }

    private List<Notice> ofTargets() {
        return notices.told().stream()
                .filter(notice -> notice.kind().startsWith("target."))
                .toList();
    }

    private void down(String target) {
        breakers.pause(
                target,
                FailureCode.TARGET_UNREACHABLE,
                target + " does not answer",
                stand.clock.instant().plusSeconds(15));
    }

    private List<ProcessInstance> instances() {
        return stand.runtime
                .createProcessInstanceQuery()
                .processDefinitionKey("target-outage")
                .list();
    }

    private Task task() {
        return stand.tasks.createTaskQuery().taskDefinitionKey("RestoreTarget").singleResult();
    }

    @Test
    void aShortOutageBothersNobody() {
        down("paper");
        tick();
        breakers.resume("paper");
        stand.clock.advance(TOLERATED);
        tick();
        assertThat(instances()).isEmpty();
        assertThat(notices.told()).isEmpty();
    }

    @Test
    void theGroupIsToldAndAskedOnceForEachTarget() {
        stand.adopted(Given.policy());
        stand.request(stand.catalog.credentials().iterator().next());
        down("paper");
        down("other");
        stand.clock.advance(TOLERATED);
        tick();
        tick();
        assertThat(instances()).extracting(ProcessInstance::getBusinessKey).containsExactlyInAnyOrder("paper", "other");
        assertThat(ofTargets()).hasSize(2).allSatisfy(notice -> {
            assertThat(notice.kind()).isEqualTo("target.down");
            assertThat(notice.group()).isEqualTo("operators");
            assertThat(notice.severity()).isEqualTo("high");
        });
        Task task = stand.tasks
                .createTaskQuery()
                .processInstanceBusinessKey("paper")
                .singleResult();
        assertThat(stand.tasks.getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("operators");
        PausedTarget paused = breakers.paused().get(1);
        assertThat(paused.outage()).isEqualTo(task.getProcessInstanceId());
        assertThat(task.getDueDate().toInstant())
                .isBetween(
                        paused.since().plus(Duration.ofHours(4)).minusSeconds(1),
                        paused.since().plus(Duration.ofHours(4)));
        Map<String, Object> facts = stand.runtime.getVariables(task.getProcessInstanceId());
        assertThat(facts)
                .containsEntry("target", "paper")
                .containsEntry("failureCode", "target-unreachable")
                .containsEntry("failureMessage", "paper does not answer")
                .containsEntry("runbook", "/runbook#target-unreachable")
                .containsEntry("waiting", "1")
                .containsKeys("since", "probedAt");
    }

    @Test
    void theTaskEndsByItselfWhenTheTargetIsBack() {
        down("paper");
        stand.clock.advance(TOLERATED);
        tick();
        breakers.resume("paper");
        tick();
        assertThat(instances()).isEmpty();
        assertThat(ofTargets()).extracting(Notice::kind).containsExactly("target.down", "target.back");
    }

    @Test
    void whoCompletesTheTaskHasTheTargetChecked() {
        down("paper");
        stand.clock.advance(TOLERATED);
        tick();
        stand.target.health(false);
        String first = task().getId();
        complete();
        assertThat(task().getId()).as("still down: the task is back").isNotEqualTo(first);
        assertThat(breakers.paused()).hasSize(1);

        stand.target.health(true);
        complete();

        assertThat(instances()).isEmpty();
        assertThat(breakers.paused()).isEmpty();
        assertThat(ofTargets()).extracting(Notice::kind).containsExactly("target.down", "target.back");
    }

    @Test
    void aTargetThatGoesDownAgainIsAnotherOutage() {
        down("paper");
        stand.clock.advance(TOLERATED);
        tick();
        String first = instances().get(0).getId();
        breakers.resume("paper");
        down("paper");
        stand.clock.advance(TOLERATED);
        tick();
        assertThat(instances())
                .singleElement()
                .satisfies(instance -> assertThat(instance.getId()).isNotEqualTo(first));
    }

    @Test
    void anInstanceThatSomebodyDeletedIsReplaced() {
        down("paper");
        stand.clock.advance(TOLERATED);
        tick();
        stand.runtime.deleteProcessInstance(instances().get(0).getId(), "by mistake");
        tick();
        assertThat(instances()).hasSize(1);
    }

    private void complete() {
        String instance = task().getProcessInstanceId();
        stand.tasks.complete(task().getId());
        stand.management
                .createJobQuery()
                .processInstanceId(instance)
                .list()
                .forEach(job -> stand.management.executeJob(job.getId()));
    }
}
