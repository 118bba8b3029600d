package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What is found when nothing is under way, and what follows, on the shipped models. */
@ProcessTest
@Covers({"reconcile", "drift"})
@Import(RotationStand.class)
class ReconcileProcessTest {

    @Autowired
    RotationStand stand;

    @Autowired
    Checks checks;

    @Autowired
    Sightings sightings;

    @Autowired
    PaperGates gates;

    @BeforeEach
    void nothingIsUnderWay() {
        drifts().forEach(instance -> stand.runtime.deleteProcessInstance(instance.getId(), "of another test"));
        checks.findings(100).forEach(finding -> checks.fine(finding.credential(), true));
    }

    @AfterEach
    void open() {
        gates.open("paper");
    }

    /** One minute's work: the tick and whatever it has begun. */
    private void tick() {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey("reconcile")
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
        for (int i = 0; i < 20; i++) {
            List<Job> jobs = stand.management
                    .createJobQuery()
                    .processDefinitionKey("reconcile")
                    .messages()
                    .list();
            if (jobs.isEmpty()) {
                return;
            }
            jobs.forEach(job -> stand.management.executeJob(job.getId()));
        }
        throw new AssertionError("the tick never came to rest");
    }

    private void anHourLater() {
        stand.clock.advance(Duration.ofMinutes(61));
        tick();
    }

    private List<ProcessInstance> drifts() {
        return stand.runtime
                .createProcessInstanceQuery()
                .processDefinitionKey("drift")
                .list();
    }

    private Task task() {
        return stand.tasks.createTaskQuery().taskDefinitionKey("ResolveDrift").singleResult();
    }

    private void answer(String choice) {
        String instance = task().getProcessInstanceId();
        stand.tasks.complete(task().getId(), Map.of("driftChoice", choice));
        stand.management
                .createJobQuery()
                .processInstanceId(instance)
                .list()
                .forEach(job -> stand.management.executeJob(job.getId()));
    }

    private void changedOutside(Credential credential) {
        stand.target.set(credential.principals().get(0), "set by somebody else");
    }

    @Test
    void whatIsAsItShouldBeCostsOneLoginAnHourAndOneWrongOneADay() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.rotate(credential);
        int logins = stand.target.calls("verify");
        int wrong = stand.target.calls("verifyDead");
        tick();
        tick();
        assertThat(stand.target.calls("verify")).isEqualTo(logins + 1);
        assertThat(stand.target.calls("verifyDead")).isEqualTo(wrong + 1);
        anHourLater();
        assertThat(stand.target.calls("verify")).isEqualTo(logins + 2);
        assertThat(stand.target.calls("verifyDead")).isEqualTo(wrong + 1);
        assertThat(checks.findings(10)).isEmpty();
    }

    @Test
    void aSecretThatWasChangedOutsideIsAHumansBusiness() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        changedOutside(credential);
        int wrong = stand.target.calls("verifyDead");
        tick();
        Finding finding = checks.finding(credential.name()).orElseThrow();
        assertThat(finding.code()).isEqualTo(FailureCode.DRIFT);
        assertThat(stand.target.calls("verifyDead"))
                .as("no further wrong login")
                .isEqualTo(wrong);
        tick();
        tick();
        assertThat(drifts()).hasSize(1);
        Task task = task();
        assertThat(stand.runtime.getVariables(task.getProcessInstanceId()))
                .containsEntry("credential", credential.name().value())
                .containsEntry("failureCode", "drift")
                .containsEntry("runbook", "/runbook#drift")
                .containsKeys("failureMessage", "since", "probedAt");
        answer("repair");
        Operation repair = stand.operations.active(credential.name()).orElseThrow();
        assertThat(repair.requestedBy()).isEqualTo("reconcile");
        assertThat(repair.reason()).startsWith("drift: ");
        assertThat(drifts()).isEmpty();
        stand.dispatchOnce();
        assertThat(stand.now(repair).outcome()).isEqualTo(Outcome.ROTATED);
        stand.clock.advance(Duration.ofSeconds(1));
        tick();
        assertThat(checks.finding(credential.name())).isEmpty();
    }

    @Test
    void byPolicyDriftIsRepairedOnceADayWithoutAsking() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).repairingDrift());
        changedOutside(credential);
        tick();
        tick();
        assertThat(task()).isNull();
        assertThat(stand.operations.active(credential.name())).isPresent();
        stand.dispatchOnce();
        changedOutside(credential);
        stand.clock.advance(Duration.ofSeconds(1));
        tick();
        tick();
        assertThat(task())
                .as("who changes it again and again is a human's business")
                .isNotNull();
        assertThat(stand.operations.active(credential.name())).isEmpty();
    }

    @Test
    void theTaskEndsByItselfWhenAllIsWellAgain() {
        Credential credential = stand.adopted(Given.policy());
        changedOutside(credential);
        tick();
        tick();
        assertThat(task()).isNotNull();
        stand.target.set(credential.principals().get(0), "the-first-secret");
        anHourLater();
        tick();
        assertThat(drifts()).isEmpty();
        assertThat(checks.findings(10)).isEmpty();
    }

    @Test
    void checkingAgainShowsFreshFactsOrEndsIt() {
        Credential credential = stand.adopted(Given.policy());
        changedOutside(credential);
        tick();
        tick();
        String first = task().getId();
        answer("checkAgain");
        assertThat(task().getId()).isNotEqualTo(first);
        stand.target.set(credential.principals().get(0), "the-first-secret");
        answer("checkAgain");
        assertThat(drifts()).isEmpty();
        assertThat(checks.findings(10)).isEmpty();
    }

    @Test
    void whatIsLeftAsItIsStaysVisibleAndIsNotAskedAgain() {
        Credential credential = stand.adopted(Given.policy());
        changedOutside(credential);
        tick();
        tick();
        answer("leave");
        anHourLater();
        tick();
        assertThat(drifts()).isEmpty();
        assertThat(checks.findings(10)).hasSize(1);
        assertThat(stand.operations.active(credential.name())).isEmpty();
    }

    @Test
    void aRetiredSecretThatLivesAgainIsFoundAndNeverRepairedWithoutAsking() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).repairingDrift());
        stand.rotate(credential);
        stand.target.immortal(true);
        tick();
        tick();
        assertThat(checks.finding(credential.name()).orElseThrow().code()).isEqualTo(FailureCode.STILL_ALIVE);
        assertThat(task()).isNotNull();
    }

    @Test
    void whatIsInNoConfigurationAnyMoreDoesNotStandInTheWayOfTheOthers() {
        Credential gone = stand.adopted(Given.policy());
        stand.catalog.remove(gone.name());
        stand.adopt.run();
        Credential other = stand.alsoAdopted(Given.policy());
        tick();
        assertThat(checks.due("paper", clockAnHourAgo(), Instant.EPOCH, 10))
                .extracting(Checks.Due::credential)
                .doesNotContain(gone.name(), other.name());
    }

    private Instant clockAnHourAgo() {
        return stand.clock.instant().minus(Duration.ofHours(1));
    }

    @Test
    void whatIsUnderWayOrPausedIsLeftAlone() {
        Credential credential = stand.adopted(Given.policy());
        changedOutside(credential);
        gates.shut("paper");
        tick();
        assertThat(stand.target.calls("verify")).as("only at adoption").isEqualTo(1);
        gates.open("paper");
        stand.request(credential);
        tick();
        assertThat(stand.target.calls("verify")).isEqualTo(1);
        assertThat(checks.findings(10)).isEmpty();
    }

    @Test
    void aTargetThatDoesNotAnswerIsNoDrift() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("verify", 1, () -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "no answer"));
        try {
            tick();
        } catch (RuntimeException retried) {
            assertThat(checks.finding(credential.name())).isEmpty();
        }
        tick();
        assertThat(checks.finding(credential.name())).isEmpty();
    }

    @Test
    void anOperationThatLostItsInstanceBeginsAgain() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        stand.runtime.deleteProcessInstance(stand.now(operation).processInstance(), "by mistake");
        tick();
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);
        stand.dispatchOnce();
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.logsIn(credential, 2)).isTrue();
        assertThat(stand.target.calls("apply")).isEqualTo(1);
    }

    @Test
    void messagesThatNobodyWaitedForAreRepeated() {
        Credential credential = stand.adopted(Given.policy());
        Operation operation = stand.rotate(credential);
        stand.operations.requestRollback(operation.id());
        tick();
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);

        Operation second = stand.rotate(credential);
        stand.operations.close(second.id(), Outcome.SUPERSEDED);
        assertThat(stand.instance(second)).isNotNull();
        tick();
        assertThat(stand.instance(second)).isNull();
    }

    @Test
    void accountsThatNobodyManagesAreListed() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.has(
                List.of(new Principal(credential.principals().get(0), null), new Principal("somebody_else", null)));
        anHourLater();
        assertThat(sightings.list())
                .extracting(Sightings.Sighting::target, Sightings.Sighting::principal)
                .containsExactly(tuple("paper", "somebody_else"));
    }
}
