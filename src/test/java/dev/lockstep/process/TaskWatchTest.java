package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who hears of a task, and when. */
@ProcessTest
@Import(RotationStand.class)
class TaskWatchTest {

    private static final Policy.Escalation TWO_LEVELS = new Policy.Escalation(
            "operators",
            Duration.ofHours(12),
            Optional.of(Duration.ofHours(4)),
            Optional.of(new Policy.SecondLevel("team-leads", Duration.ofHours(6))));

    @Autowired
    RotationStand stand;

    @Autowired
    PaperNotices notices;

    @Autowired
    PlatformTransactionManager transactions;

    private Instant start = Instant.EPOCH;

    @BeforeEach
    void oneClock() {
        stand.clock.freeze();
        start = stand.clock.instant();
        ClockUtil.setCurrentTime(Date.from(start));
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> stand.tasks
                        .createTaskQuery()
                        .list()
                        .forEach(task ->
                                stand.runtime.deleteProcessInstance(task.getProcessInstanceId(), "of another test")));
        notices.clear();
    }

    @AfterEach
    void clocksRun() {
        ClockUtil.reset();
        stand.clock.start();
    }

    @Autowired
    private TaskWatch watch;

    private List<String> after(Duration sinceStart) {
        stand.clock.set(start.plus(sinceStart));
        notices.clear();
        for (int i = 0; i < 3; i++) {
            new TransactionTemplate(transactions).executeWithoutResult(status -> watch.look());
        }
        return notices.told().stream()
                .map(notice -> notice.kind() + " to " + notice.group())
                .toList();
    }

    private Operation failed(Policy.Escalation escalation) {
        Credential credential = stand.adopted(Given.policy().attempts(1).escalation(escalation));
        stand.target.fail(
                "apply",
                1,
                () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "the administrator lacks a right"));
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        assertThat(stand.task(operation).getName()).isEqualTo("Resolve failed rotation");
        return operation;
    }

    @Test
    void theGroupHearsOfTheTaskOfTheDeadlineThatComesNearAndThenTheSecondLevelIsAsked() {
        Operation operation = failed(TWO_LEVELS);
        assertThat(after(Duration.ZERO)).containsExactly("task.open to operators");
        assertThat(after(Duration.ofHours(8).minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofHours(8))).containsExactly("task.reminder to operators");
        assertThat(after(Duration.ofHours(12).minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofHours(12)))
                .containsExactly("task.escalated to operators", "task.escalated to team-leads");
        Task task = stand.task(operation);
        assertThat(stand.tasks.getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactlyInAnyOrder(
                        "operators",
                        "operators-test",
                        "operators-test:team",
                        "operators-:team",
                        "team-leads",
                        "team-leads-test",
                        "team-leads-test:team",
                        "team-leads-:team");
        assertThat(task.getDueDate()).isEqualTo(Date.from(start.plus(Duration.ofHours(18))));
        assertThat(after(Duration.ofHours(18).minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofHours(18)))
                .containsExactly("task.overdue to operators", "task.overdue to team-leads");
        assertThat(after(Duration.ofDays(9))).isEmpty();
    }

    @Test
    void aNoticeSaysWhatItIsAboutAndWhereToGo() {
        Operation operation = failed(TWO_LEVELS);
        after(Duration.ofHours(12));
        after(Duration.ofHours(12));
        failed(TWO_LEVELS);
        after(Duration.ZERO);
        Notice notice = notices.told().get(0);
        assertThat(notice.severity()).isEqualTo("medium");
        assertThat(notice.subject()).startsWith("Resolve failed rotation, test/team/paper/app-");
        assertThat(notice.text()).contains("waits for operators").contains("Deadline: ");
        assertThat(notice.link()).startsWith("/camunda/app/tasklist/default/#/?task=");
        assertThat(stand.task(operation)).isNotNull();
    }

    @Test
    void withoutASecondLevelTheGroupHearsThatItIsLate() {
        failed(new Policy.Escalation("operators", Duration.ofHours(12)));
        after(Duration.ZERO);
        assertThat(after(Duration.ofHours(9).minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofHours(9))).containsExactly("task.reminder to operators");
        assertThat(after(Duration.ofHours(12))).containsExactly("task.overdue to operators");
        assertThat(after(Duration.ofDays(9))).isEmpty();
    }

    @Test
    void aReminderNeverComesInTheFirstHalfOfTheTime() {
        failed(new Policy.Escalation(
                "operators", Duration.ofHours(12), Optional.of(Duration.ofHours(11)), Optional.empty()));
        after(Duration.ZERO);
        assertThat(after(Duration.ofHours(6).minusSeconds(1))).isEmpty();
        assertThat(after(Duration.ofHours(6))).containsExactly("task.reminder to operators");
    }

    @Test
    void whoWasDownAtTheTimeOfTheReminderIsNotRemindedOfWhatIsLate() {
        failed(TWO_LEVELS);
        assertThat(after(Duration.ofHours(13)))
                .containsExactly(
                        "task.open to operators", "task.escalated to operators", "task.escalated to team-leads");
    }

    @Test
    void anApprovalIsNobodyElsesBusiness() {
        Credential credential = stand.adopted(Given.policy().approval().escalation(TWO_LEVELS));
        Operation operation = stand.rotate(credential);
        assertThat(after(Duration.ZERO)).containsExactly("task.open to approvers");
        assertThat(after(Duration.ofHours(20))).containsExactly("task.reminder to approvers");
        assertThat(after(Duration.ofHours(24))).containsExactly("task.overdue to approvers");
        assertThat(stand.tasks.getIdentityLinksForTask(stand.task(operation).getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactlyInAnyOrder("approvers", "approvers-test", "approvers-test:team", "approvers-:team");
    }

    @Test
    void whatSomebodyHasClaimedEscalatesAllTheSame() {
        Operation operation = failed(TWO_LEVELS);
        stand.tasks.claim(stand.task(operation).getId(), "anna");
        assertThat(after(Duration.ofHours(12))).contains("task.escalated to team-leads");
        assertThat(notices.told().get(notices.told().size() - 1).text()).contains("anna (operators");
    }

    @Test
    void aTaskThatIsDoneIsNotSpokenOf() {
        Operation operation = failed(TWO_LEVELS);
        stand.answer(operation, "choice", "keep");
        assertThat(after(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void aTaskOfAnotherModelTakesPartWithItsOwnDeadline() {
        Task task = stand.tasks.newTask();
        task.setName("Something by hand");
        task.setDueDate(Date.from(start.plus(Duration.ofHours(8))));
        stand.tasks.saveTask(task);
        stand.tasks.addCandidateGroup(task.getId(), "security");
        try {
            assertThat(after(Duration.ZERO)).containsExactly("task.open to security");
            assertThat(after(Duration.ofHours(6))).containsExactly("task.reminder to security");
            assertThat(after(Duration.ofHours(8))).containsExactly("task.overdue to security");
        } finally {
            stand.tasks.deleteTask(task.getId(), true);
        }
    }

    @Test
    void theProcessLooksAtEachTick() {
        Operation operation = failed(TWO_LEVELS);
        stand.clock.set(start.plus(Duration.ofHours(13)));
        notices.clear();
        String tick = stand.management
                .createJobQuery()
                .processDefinitionKey("watch")
                .timers()
                .singleResult()
                .getId();
        stand.management.executeJob(tick);
        stand.management
                .createJobQuery()
                .processDefinitionKey("watch")
                .messages()
                .list()
                .forEach(job -> stand.management.executeJob(job.getId()));
        assertThat(notices.told()).isNotEmpty();
        assertThat(stand.task(operation).getName()).isEqualTo("Resolve failed rotation");
    }
}
