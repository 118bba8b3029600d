package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Stage;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The configuration of a credential changes, or is gone, in the middle of its rotation. */
@ProcessTest
@Import(RotationStand.class)
class EditedMeanwhileTest {

    @Autowired
    RotationStand stand;

    private Credential edited(Credential credential, Given given) {
        Credential other =
                given.initial("the-first-secret").credential(credential.name().value());
        stand.catalog.put(other);
        stand.adopt.run();
        return other;
    }

    @Test
    void whatIsTakenOutOfTheConfigurationBeforeItBeginsWaitsVisiblyAndGoesOnWhenItIsBack() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        Operation operation = stand.request(credential);
        stand.catalog.remove(credential.name());
        stand.dispatchPatiently();
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUARANTINED);
        assertThat(stand.now(operation).failure()).isEqualTo(FailureCode.MISCONFIGURED);
        assertThat(stand.target.calls("apply")).isZero();

        stand.catalog.put(credential);
        stand.rotations.resume(operation.id(), "tester");
        stand.dispatchOnce();

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void whatIsTakenOutBetweenTwoTriesKeepsItsCandidate() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.target.fail("apply", 1, RotationStand.UNREACHABLE);
        Operation operation = stand.rotate(credential);
        stand.catalog.remove(credential.name());
        stand.dispatchPatiently();
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUARANTINED);
        assertThat(stand.logsIn(credential, 1)).isTrue();

        stand.catalog.put(credential);
        stand.rotations.resume(operation.id(), "tester");
        stand.dispatchOnce();

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.versions.list(credential.name())).hasSize(2);
        assertThat(stand.logsIn(credential, 2)).isTrue();
    }

    @Test
    void whatIsTakenOutDuringItsGraceIsRetiredByNobodyAndFinishedWhenItIsBack() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        stand.catalog.remove(credential.name());
        failUntilNoRetryIsLeft(operation);
        assertThat(stand.target.calls("retire")).isZero();
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.RUNNING);
        assertThat(stand.runtime
                        .createIncidentQuery()
                        .processInstanceId(stand.now(operation).processInstance())
                        .count())
                .as("somebody sees that it does not move")
                .isPositive();

        stand.catalog.put(credential);
        stand.management
                .createJobQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .noRetriesLeft()
                .list()
                .forEach(job -> stand.management.setJobRetries(job.getId(), 1));
        stand.job(operation, "GraceOver");
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.target.accepted("app_a")).isNull();
    }

    private void failUntilNoRetryIsLeft(Operation operation) {
        Job job = graceOver(operation);
        for (int left = job.getRetries(); left > 0; left--) {
            assertThatThrownBy(() -> stand.management.executeJob(job.getId()))
                    .hasMessageContaining("not in the configuration any more");
        }
        assertThat(graceOver(operation).getRetries()).isZero();
    }

    private Job graceOver(Operation operation) {
        return stand.management
                .createJobQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .activityId("GraceOver")
                .singleResult();
    }

    @Test
    void otherAccountsInTheConfigurationLeaveNoneOfTheOldOnesAlive() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        edited(credential, Given.policy().alternating("app_c", "app_d"));
        stand.job(operation, "GraceOver");
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.target.accepted("app_a")).isNull();
        assertThat(stand.logsIn(credential, 2)).isTrue();
    }

    @Test
    void anotherStrategyInTheConfigurationAppliesToTheNextRotation() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        Credential inPlace =
                edited(credential, Given.policy().principal("app_b").grace(Duration.ZERO));
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.target.accepted("app_a")).isNull();

        stand.clock.advance(Duration.ofMinutes(1));
        Operation next = stand.rotate(inPlace);

        assertThat(stand.now(next).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.RETIRED);
        assertThat(stand.logsIn(credential, 3)).isTrue();
    }

    @Test
    void aRollBackAfterAnEditBringsBackTheAccountThatWasInUse() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        edited(credential, Given.policy().principal("app_c").target("paper", Map.of("database", "other")));
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.served(credential)).isEqualTo(1);
        assertThat(stand.target.accepted("app_b")).isNull();
    }
}
