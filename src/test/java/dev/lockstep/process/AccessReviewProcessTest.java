package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.AccessReviews;
import dev.lockstep.port.EngineDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The periodic review of who reads and approves what. */
@ProcessTest
@Import(RotationStand.class)
@Covers("access-review")
class AccessReviewProcessTest {

    @Autowired
    RotationStand stand;

    @Autowired
    AccessReviews reviews;

    @Autowired
    IdentityService identities;

    @Autowired
    EngineDirectory people;

    @Autowired
    ProcessTestConfiguration.ListedAudit audit;

    @AfterEach
    void nobodyIsLeftBeingAsked() {
        running().forEach(review -> stand.runtime.deleteProcessInstance(review.getId(), "the test is over"));
    }

    @Test
    void everyOwnerIsAskedWithFreshEvidenceUntilTheAccessIsRight() {
        people.mirror("berta", "Berta", Set.of("approvers"));
        people.mirror("anna", "Anna", Set.of("approvers-test"));
        Credential credential = stand.adopted(Given.policy().approval().consumers("web", "batch"));
        stand.reports.acknowledge("web", new SecretRef(credential.name(), 1));
        firstOfTheQuarter();
        Task review = task("ReviewAccess", "team");
        assertThat(evidence(review))
                .isEqualTo(credential.name()
                        + ": read by batch (has not been seen), web (version 1); approved by approvers (anna, berta);"
                        + " last rotated never");
        assertThat(groups(review)).containsExactlyInAnyOrder("team", "operators");
        assertThat(Duration.between(Instant.now(), review.getDueDate().toInstant()))
                .isBetween(Duration.ofDays(13), Duration.ofDays(14));

        complete(review, "carol", Map.of("accessVerdict", "wrong", "correction", "batch has gone"));
        Task correction = task("CorrectAccess", "team");
        assertThat(stand.tasks.getVariable(correction.getId(), "correction")).isEqualTo("batch has gone");
        stand.consumers.register(credential.name(), List.of(Consumer.named("web")));
        complete(correction, "otto", Map.of());

        Task again = task("ReviewAccess", "team");
        assertThat(evidence(again)).doesNotContain("batch");
        assertThat(stand.tasks.getVariable(again.getId(), "accessVerdict")).isEqualTo("");
        complete(again, "dora", Map.of("accessVerdict", "right"));
        assertThat(running()).isEmpty();
        assertThat(answers("team")).containsSubsequence("carol: wrong", "dora: right");
    }

    @Test
    void theAnswersOfTwoOwnersDoNotMix() {
        stand.adopted(Given.policy());
        stand.catalog.put(Given.policy().owner("other").credential("test/other/paper/app"));
        reviews.begin("otto");
        letJobsRun();
        Task one = task("ReviewAccess", "team");
        Task other = task("ReviewAccess", "other");
        answer(one, "carol", Map.of("accessVerdict", "wrong", "correction", "who is that?"));
        answer(other, "oskar", Map.of("accessVerdict", "right"));
        letJobsRun();
        assertThat(task("CorrectAccess", "team")).isNotNull();
        assertThat(answers("other")).containsExactly("oskar: right");
        assertThat(reviews.asked()).containsExactly("team");
    }

    @Test
    void whoIsBeingAskedIsNotAskedASecondTime() {
        stand.adopted(Given.policy());
        assertThat(reviews.begin("otto")).containsExactly("team");
        assertThat(audit.events())
                .last()
                .returns("otto", AuditEvent::actor)
                .returns("access-review.begin", AuditEvent::action);
        assertThatThrownBy(() -> reviews.begin("otto"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("being asked already");
        firstOfTheQuarter();
        assertThat(running()).hasSize(1);
        letJobsRun();
        assertThat(stand.tasks
                        .createTaskQuery()
                        .taskDefinitionKey("ReviewAccess")
                        .count())
                .isEqualTo(1);
        complete(task("ReviewAccess", "team"), "carol", Map.of("accessVerdict", "right"));
        assertThat(reviews.asked()).isEmpty();
        assertThat(reviews.begin("otto")).containsExactly("team");
    }

    @Test
    void theNextReviewIsDueOnTheFirstOfAQuarter() {
        assertThat(timer().getDuedate().toInstant().atZone(ZoneOffset.UTC)).satisfies(due -> {
            assertThat(due.getDayOfMonth()).isEqualTo(1);
            assertThat(due.getMonthValue()).isIn(1, 4, 7, 10);
            assertThat(due.truncatedTo(ChronoUnit.HOURS).getHour()).isEqualTo(6);
        });
    }

    private void firstOfTheQuarter() {
        stand.management.executeJob(timer().getId());
        letJobsRun();
    }

    private Job timer() {
        return stand.management
                .createJobQuery()
                .processDefinitionKey("access-review")
                .timers()
                .singleResult();
    }

    private void letJobsRun() {
        List<Job> due;
        do {
            due = stand.management
                    .createJobQuery()
                    .processDefinitionKey("access-review")
                    .messages()
                    .list();
            due.forEach(job -> stand.management.executeJob(job.getId()));
        } while (!due.isEmpty());
    }

    private List<ProcessInstance> running() {
        return stand.runtime
                .createProcessInstanceQuery()
                .processDefinitionKey("access-review")
                .list();
    }

    private Task task(String key, String owner) {
        return stand.tasks.createTaskQuery().taskDefinitionKey(key).list().stream()
                .filter(task -> owner.equals(stand.tasks.getVariable(task.getId(), "owner")))
                .findFirst()
                .orElseThrow();
    }

    private String evidence(Task task) {
        return stand.tasks.getVariable(task.getId(), "evidence").toString();
    }

    private List<String> groups(Task task) {
        return stand.tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .toList();
    }

    private void complete(Task task, String person, Map<String, Object> answers) {
        answer(task, person, answers);
        letJobsRun();
    }

    private void answer(Task task, String person, Map<String, Object> answers) {
        people.mirror(person, person, Set.of("operators"));
        identities.setAuthentication(person, List.of("operators"));
        try {
            stand.tasks.complete(task.getId(), answers);
        } finally {
            identities.clearAuthentication();
        }
    }

    private List<String> answers(String owner) {
        return audit.events().stream()
                .filter(event -> event.action().equals("access-review.answer"))
                .filter(event -> event.subject().equals(owner))
                .map(event -> event.actor() + ": " + event.details().get("verdict"))
                .toList();
    }
}
