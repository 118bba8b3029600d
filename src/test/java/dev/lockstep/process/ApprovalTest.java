package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.AuditTrail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Who has to agree, who may, and what happens when somebody does not wait for it. */
@ProcessTest
@Covers("break-glass-review")
@Import(RotationStand.class)
class ApprovalTest {

    @Autowired
    RotationStand stand;

    @Autowired
    ApprovalTable table;

    @Autowired
    IdentityService identities;

    @Autowired
    FormService forms;

    @Autowired
    RepositoryService repository;

    @Autowired
    AuditTrail audit;

    @AfterEach
    void nobodyIsLoggedIn() {
        identities.clearAuthentication();
    }

    private Operation requestedByAlice(Credential credential) {
        Operation operation = stand.rotations.rotate(credential.name(), false, "alice", "a test");
        stand.dispatchOnce();
        return operation;
    }

    private Task taskOf(String key, Credential credential) {
        return stand.tasks
                .createTaskQuery()
                .taskDefinitionKey(key)
                .processInstanceBusinessKey(credential.name().value())
                .singleResult();
    }

    @Test
    void nobodyApprovesTheirOwnRequestByWhateverWay() {
        Credential credential = stand.adopted(Given.policy().approval());
        Operation operation = requestedByAlice(credential);
        String task = taskOf("ApproveRotation", credential).getId();
        Map<String, Object> yes = Map.of("decision", "approve");
        identities.setAuthentication("alice", List.of("approvers"));
        Stream.<ThrowingCallable>of(
                        () -> stand.tasks.complete(task, yes),
                        () -> stand.tasks.completeWithVariablesInReturn(task, yes, false),
                        () -> forms.submitTaskForm(task, yes),
                        () -> forms.submitTaskFormWithVariablesInReturn(task, yes, false))
                .forEach(way -> assertThatThrownBy(way)
                        .isInstanceOf(AuthorizationException.class)
                        .hasMessageContaining("nobody decides about their own request"));
        identities.clearAuthentication();
        assertThat(stand.instance(operation)).isWaitingAt("ApproveRotation");
        identities.setAuthentication("bob", List.of("approvers"));
        stand.tasks.complete(task, yes);
        identities.clearAuthentication();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).hasPassed("PromoteVersion");
        assertThat(stand.history
                        .createHistoricTaskInstanceQuery()
                        .taskId(task)
                        .singleResult()
                        .getAssignee())
                .isEqualTo("bob");
    }

    @Test
    void whoeverIsNotInTheGroupMayNotApprove() {
        Credential credential = stand.adopted(Given.policy().approval());
        requestedByAlice(credential);
        String task = taskOf("ApproveRotation", credential).getId();
        for (List<String> groups : List.of(List.<String>of(), List.of("operators"), List.of("approvers-prod"))) {
            identities.setAuthentication("carol", groups);
            assertThatThrownBy(() -> stand.tasks.complete(task, Map.of("decision", "approve")))
                    .isInstanceOf(AuthorizationException.class);
        }
        identities.setAuthentication("carol", List.of("approvers-test"));
        stand.tasks.complete(task, Map.of("decision", "decline"));
    }

    @Test
    void brokenGlassGoesAtOnceAndIsReviewedBySomebodyElse() {
        Credential credential = stand.adopted(Given.policy().approval().grace(Duration.ZERO));
        Operation operation = stand.rotations.breakGlass(credential.name(), "alice", "the site is down");
        stand.dispatchOnce();
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        Task review = taskOf("ReviewBreakGlass", credential);
        assertThat(stand.tasks.getVariable(review.getId(), "reason")).isEqualTo("the site is down");
        assertThat(review.getDueDate()).isNotNull();
        identities.setAuthentication("alice", List.of("approvers"));
        assertThatThrownBy(() -> stand.tasks.complete(review.getId(), Map.of("verdict", "justified")))
                .isInstanceOf(AuthorizationException.class);
        identities.setAuthentication("bob", List.of("approvers"));
        stand.tasks.complete(review.getId(), Map.of("verdict", "notJustified"));
        identities.clearAuthentication();
        stand.management
                .createJobQuery()
                .processInstanceId(review.getProcessInstanceId())
                .list()
                .forEach(job -> stand.management.executeJob(job.getId()));
        assertThat(((ProcessTestConfiguration.ListedAudit) audit).events()).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("break-glass.review");
            assertThat(event.actor()).isEqualTo("bob");
            assertThat(event.details()).containsEntry("verdict", "notJustified").containsEntry("requestedBy", "alice");
        });
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}")
    @CsvSource(textBlock = """
            rotation,     prod, schedule, 0,   false, NEVER,      '',        PT0S
            rotation,     prod, alice,    50,  false, NEVER,      '',        PT0S
            rotation,     test, alice,    50,  true,  BEFORE,     approvers, PT24H
            rotation,     test, schedule, 0,   true,  BEFORE,     approvers, PT24H
            rotation,     test, alice,    100, true,  NEVER,      '',        PT0S
            rotation,     test, alice,    75,  true,  AFTERWARDS, approvers, PT24H
            rotation,     test, alice,    75,  false, AFTERWARDS, approvers, PT24H
            decommission, prod, alice,    50,  false, BEFORE,     approvers, PT24H
            decommission, test, alice,    50,  false, NEVER,      '',        PT0S
            decommission, prod, schedule, 0,   false, NEVER,      '',        PT0S
            issuance,     prod, alice,    50,  false, BEFORE,     approvers, PT24H
            issuance,     test, alice,    50,  false, NEVER,      '',        PT0S
            """)
    void theTableSaysWhoHasToAgree(
            String process,
            String environment,
            String requester,
            int priority,
            boolean policyAsks,
            ApprovalTable.When when,
            String group,
            Duration within) {
        Given policy = policyAsks ? Given.policy().approval() : Given.policy();
        Credential credential = policy.credential(environment + "/team/paper/table");
        Operation operation = operation(credential, process, requester, priority);
        assertThat(table.ask(operation, credential)).isEqualTo(new ApprovalTable.Answer(when, group, within));
    }

    private Operation operation(Credential credential, String process, String requester, int priority) {
        return Operation.queued(
                1,
                new OperationRequest(credential.name(), process, priority, requester, "a test"),
                "a test",
                stand.clock.instant());
    }

    @Test
    void aTableThatAnswersNothingUsableStopsTheOperationVisibly() {
        Credential credential = Given.policy().credential("test/team/paper/table");
        Operation operation = operation(credential, "rotation", "alice", Operation.REQUESTED);
        String broken = repository
                .createDeployment()
                .addString("broken.dmn", BROKEN)
                .deploy()
                .getId();
        try {
            stand.clock.advance(Duration.ofMinutes(1));
            assertThatThrownBy(() -> table.ask(operation, credential))
                    .isInstanceOf(PermanentException.class)
                    .hasMessageContaining("approval is none, before or afterwards");
        } finally {
            repository.deleteDeployment(broken, true);
            stand.clock.advance(Duration.ofMinutes(1));
        }
    }

    private static final String BROKEN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
              xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="test">
            <decision id="approval-policy" name="x" camunda:historyTimeToLive="P30D"><decisionTable id="t">
            <input id="i"><inputExpression id="ie" typeRef="string"><text>process</text></inputExpression></input>
            <output id="o" name="approval" typeRef="string"/>
            <rule id="r"><inputEntry id="r1"><text></text></inputEntry>
            <outputEntry id="r2"><text>"perhaps"</text></outputEntry></rule>
            </decisionTable></decision></definitions>""";
}
