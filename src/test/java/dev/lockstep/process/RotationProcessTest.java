package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Every path of the rotation, on the shipped model. */
@ProcessTest
@Covers("rotation")
@Import(RotationStand.class)
class RotationProcessTest {

    @Autowired
    RotationStand stand;

    @AfterEach
    void theClockRunsAgain() {
        ClockUtil.reset();
    }

    @Test
    void withoutGraceTheWholeRotationHappensInOneGo() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        Operation operation = stand.rotate(credential);
        assertThat(stand.ended(operation)).isTrue();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.RETIRED);
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.CURRENT);
        assertThat(stand.logsIn(credential, 2)).isTrue();
        assertThat(stand.served(credential)).isEqualTo(2);
        assertThat(stand.target.calls("apply")).isEqualTo(1);
    }

    @Test
    void duringTheGraceBothVersionsLiveAndTheTimerEndsIt() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.logsIn(credential, 2)).isTrue();
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.logsIn(credential, 1)).isFalse();
        assertThat(stand.target.calls("retire")).isEqualTo(1);
    }

    @Test
    void theGraceEndsWhenTheLastConsumerHasMoved() {
        Credential credential = stand.adopted(Given.policy().consumers("web", "batch"));
        Operation operation = stand.rotate(credential);
        SecretRef moved = new SecretRef(credential.name(), 2);
        stand.reports.acknowledge("web", moved);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        stand.reports.acknowledge("batch", moved);
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void consumersThatMovedBeforeTheWaitAreNotWaitedFor() {
        Credential credential = stand.adopted(Given.policy().consumers("web").approval());
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("ApproveRotation");
        stand.consumers.seen("web", new SecretRef(credential.name(), 2));
        stand.answer(operation, "decision", "approve");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aRollBackWithinTheGraceBringsThePreviousVersionBack() {
        Credential credential = stand.adopted(Given.policy().mirrors("second"));
        Operation operation = stand.rotate(credential);
        assertThat(stand.logsIn(credential, 1)).isFalse();
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.served(credential)).isEqualTo(1);
        assertThat(stand.stores
                        .store("second")
                        .current(credential.name())
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.CURRENT);
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.DISCARDED);
    }

    @Test
    void aRollBackAskedForBeforeTheWaitIsFound() {
        Credential credential = stand.adopted(Given.policy().approval());
        Operation operation = stand.rotate(credential);
        stand.operations.requestRollback(operation.id());
        stand.answer(operation, "decision", "approve");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void theUndoRunsInTheRightOrderWhenAllStepsFinishInTheSameMillisecond() {
        Credential credential = stand.adopted(Given.policy().mirrors("second"));
        stand.clock.freeze();
        ClockUtil.setCurrentTime(java.util.Date.from(stand.clock.instant()));
        try {
            Operation operation = stand.rotate(credential);
            stand.rotations.rollBack(operation.id(), "tester");
            stand.jobs(operation);
            assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(stand.logsIn(credential, 1)).isTrue();
            assertThat(stand.served(credential)).isEqualTo(1);
            assertThat(stand.stage(credential, 2)).isEqualTo(Stage.DISCARDED);
        } finally {
            stand.clock.start();
        }
    }

    @Test
    void consumersThatLagBehindAreAHumansDecision() {
        Credential credential =
                stand.adopted(Given.policy().alternating("app_a", "app_b").consumers("web"));
        Operation operation = stand.rotate(credential);
        stand.job(operation, "GraceOver");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveLaggards");
        assertThat(stand.task(operation)).hasCandidateGroupAssociated("operators");
        assertThat(stand.task(operation)).hasCandidateGroupAssociated("operators-test");
        assertThat(stand.variable(operation, "laggards")).isEqualTo("web");
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.PREVIOUS);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        stand.answer(operation, "laggardsChoice", "retire");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aLateConsumerEndsTheTaskByMoving() {
        Credential credential = stand.adopted(Given.policy().consumers("web"));
        Operation operation = stand.rotate(credential);
        stand.job(operation, "GraceOver");
        stand.reports.acknowledge("web", new SecretRef(credential.name(), 2));
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void laggardsMayBeAReasonToRollBack() {
        Credential credential = stand.adopted(Given.policy().consumers("web"));
        Operation operation = stand.rotate(credential);
        stand.job(operation, "GraceOver");
        stand.answer(operation, "laggardsChoice", "rollBack");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aPolicyMayRetireWithoutWaitingForLaggards() {
        Credential credential = stand.adopted(
                Given.policy().alternating("app_a", "app_b").consumers("web").retiringAnyway());
        Operation operation = stand.rotate(credential);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.logsIn(credential, 1)).isFalse();
    }

    @Test
    void nothingIsTouchedWhenTheApproverDeclines() {
        Credential credential = stand.adopted(Given.policy().approval());
        Operation operation = stand.rotate(credential);
        stand.answer(operation, "decision", "decline");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(stand.versions.list(credential.name())).hasSize(1);
    }

    @Test
    void nothingIsTouchedWhenNobodyApprovesInTime() {
        Credential credential = stand.adopted(Given.policy().approval());
        Operation operation = stand.rotate(credential);
        stand.job(operation, "ApprovalDeadline");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.APPROVAL_EXPIRED);
        assertThat(stand.target.calls("apply")).isZero();
    }

    @Test
    void aRefusalByTheTargetIsUndoneAndRetriedByAHuman() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("UndoReplace");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("target-permission-denied");
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.DISCARDED);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        stand.answer(operation, "choice", "checkAgain");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        stand.answer(operation, "choice", "retry");
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stand.served(credential)).isEqualTo(2);
        assertThat(stand.logsIn(credential, 2)).isTrue();
    }

    @Test
    void aHumanMayWantANewSecret() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        stand.answer(operation, "choice", "retryNewSecret");
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.DISCARDED);
        assertThat(stand.served(credential)).isEqualTo(3);
    }

    @Test
    void aHumanMayKeepThePreviousVersion() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        stand.answer(operation, "choice", "keep");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.KEPT_PREVIOUS);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.inventory.find(credential.name()).orElseThrow().nextRotationAt())
                .isAfter(stand.clock.instant());
    }

    @Test
    void aHumanMayRevoke() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        stand.answer(operation, "choice", "revoke");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.REVOKED);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(stand.logsIn(credential, 1)).isFalse();
    }

    @Test
    void aRevocationThatFailsComesBackToTheHuman() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        stand.target.fail("disable", 1, RotationStand.DENIED);
        stand.answer(operation, "choice", "revoke");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.CURRENT);
    }

    @Test
    void anUnreachableTargetIsTriedAgainUntilThePolicysLastAttemptAndThenUndone() {
        Credential credential = stand.adopted(Given.policy().attempts(3));
        stand.target.fail("apply", 99, RotationStand.UNREACHABLE);
        Operation operation = stand.rotate(credential);
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(stand.instance(operation)).isNull();
        stand.dispatchPatiently();
        assertThat(stand.target.calls("apply")).isEqualTo(3);
        stand.target.works();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("target-unreachable");
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aTargetThatComesBackIsFinishedWithTheSameCandidate() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.target.fail("apply", 1, RotationStand.UNREACHABLE);
        Operation operation = stand.rotate(credential);
        stand.dispatchPatiently();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.versions.list(credential.name())).hasSize(2);
    }

    @Test
    void aFailedRotationIsTriedAgainLaterByItself() {
        Credential credential = stand.adopted(Given.policy().retryingLater(1));
        stand.target.fail("apply", 1, RotationStand.DENIED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("RetryDelay");
        stand.job(operation, "RetryDelay");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
    }

    @Test
    void aNewSecretThatNeverLogsInIsUndone() {
        Credential credential = stand.adopted(Given.policy().attempts(2));
        stand.target.probeAnswers(LoginResult.REFUSED);
        Operation operation = stand.rotate(credential);
        stand.dispatchPatiently();
        stand.target.probeAnswers(LoginResult.ACCEPTED);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.DISCARDED);
    }

    @Test
    void missingPermissionsOfTheNewSecretAreUndoneAtOnce() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.probeAnswers(LoginResult.PROBE_FAILED);
        Operation operation = stand.rotate(credential);
        stand.target.probeAnswers(LoginResult.ACCEPTED);
        stand.jobs(operation);
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("verify-probe-failed");
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void anUndoThatFailsGoesToAHumanWithBothVersionsKept() {
        Credential credential = stand.adopted(Given.policy().attempts(2));
        Operation operation = stand.rotate(credential);
        stand.target.fail("restore", 99, RotationStand.DENIED);
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.stage(credential, 2)).isEqualTo(Stage.STAGED);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.CURRENT);
        assertThat(stand.logsIn(credential, 2)).isTrue();
        stand.target.works();
        stand.answer(operation, "choice", "retry");
        assertThat(stand.logsIn(credential, stand.served(credential))).isTrue();
    }

    @Test
    void anUndoThatIsRepeatedBecauseItsWorkerDiedIsFinishedWithoutAHuman() {
        Credential credential = stand.adopted(Given.policy().mirrors("second").attempts(3));
        Operation operation = stand.rotate(credential);
        stand.target.fail("restore", 1, () -> new Error("the worker dies"));
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void whatARunThatWasLostHasChangedIsUndoneWhenTheNextOneMayNotGoOn() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        Operation operation = stand.request(credential);
        stand.target.fail("verify", 1, () -> new Error("the worker dies"));
        assertThatThrownBy(stand::dispatchOnce).isInstanceOf(Error.class);
        assertThat(stand.logsIn(credential, 1)).isFalse();
        stand.dispatchPatiently();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.served(credential)).isEqualTo(1);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void anUndoThatFailedOnceDoesNotSpoilTheUndoOfTheNextRound() {
        Credential credential = stand.adopted(Given.policy().attempts(2));
        Operation operation = stand.rotate(credential);
        stand.target.fail("restore", 99, RotationStand.DENIED);
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        stand.target.works();
        stand.answer(operation, "choice", "retry");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aFirstRotationThatFailsKeepsTheOnlySecretThatMayWork() {
        Credential credential = stand.unknown(Given.policy().attempts(1));
        stand.target.probeAnswers(LoginResult.PROBE_FAILED);
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.STAGED);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aPreviousSecretThatDoesNotDieIsAHumansDecision() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        Operation operation = stand.rotate(credential);
        stand.target.immortal(true);
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRetirement");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("still-alive");
        stand.answer(operation, "retirementChoice", "checkAgain");
        stand.answer(operation, "retirementChoice", "retry");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRetirement");
        stand.target.immortal(false);
        stand.answer(operation, "retirementChoice", "retry");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aPreviousSecretMayBeLeftAlive() {
        Credential credential =
                stand.adopted(Given.policy().alternating("app_a", "app_b").attempts(1));
        Operation operation = stand.rotate(credential);
        stand.target.fail("retire", 1, RotationStand.DENIED);
        stand.job(operation, "GraceOver");
        stand.jobs(operation);
        stand.answer(operation, "retirementChoice", "leave");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED_PREVIOUS_ALIVE);
    }

    @Test
    void anEmergencyTakesOverFromARunningOperation() {
        Credential credential = stand.adopted(Given.policy());
        Operation routine = stand.rotate(credential);
        String instance = stand.now(routine).processInstance();
        Operation emergency = stand.rotateInEmergency(credential);
        assertThat(stand.now(routine).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(stand.runtime
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
        assertThat(stand.now(emergency).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.served(credential)).isEqualTo(3);
        assertThat(stand.logsIn(credential, 3)).isTrue();
        assertThat(stand.logsIn(credential, 1)).isFalse();
        assertThat(stand.logsIn(credential, 2)).isFalse();
    }

    @Test
    void anOperationThatKillsItsWorkersEndsWithAHuman() {
        Credential credential = stand.adopted(Given.policy());
        Operation operation = stand.request(credential);
        for (int i = 0; i < 3; i++) {
            stand.dispatch.claim(stand.clock.instant(), 100, Integer.MIN_VALUE, OperationRun.LEASE);
            stand.clock.advance(OperationRun.LEASE.plusSeconds(1));
        }
        stand.dispatchOnce();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aStepThatBreaksInUnforeseenWaysIsCountedAndEndsWithAHuman() {
        Credential credential = stand.adopted(Given.policy().attempts(3));
        stand.target.fail("apply", 1, () -> new OutOfMemoryError("planned"));
        stand.target.fail("apply", 1, () -> new StackOverflowError("planned"));
        stand.target.fail("apply", 1, () -> new IllegalStateException("planned"));
        Operation operation = stand.rotate(credential);
        stand.dispatchPatiently();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("internal-error");
    }

    @Test
    void valuesAreErasedOneRotationAfterTheyCameToRest() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.rotate(credential);
        assertThat(stand.stores.store("main").read(new SecretRef(credential.name(), 1)))
                .isPresent();
        stand.clock.advance(Duration.ofMinutes(1));
        stand.rotate(credential);
        assertThat(stand.stores.store("main").read(new SecretRef(credential.name(), 1)))
                .isEmpty();
        assertThat(stand.stores.store("main").read(new SecretRef(credential.name(), 2)))
                .isPresent();
        assertThat(stand.versions.erasable(
                        credential.name(), stand.clock.instant().plusSeconds(1)))
                .extracting(version -> version.ref().version())
                .containsExactly(2);
    }

    private Credential triedByTwoWaves() {
        Duration soak = Duration.ofMinutes(10);
        List<Canary.Wave> waves = List.of(new Canary.Wave(50, Map.of(), soak), new Canary.Wave(99, Map.of(), soak));
        return stand.adopted(Given.policy()
                .alternating("app_a", "app_b")
                .consumers("batch", "web")
                .canary(new Canary(waves, Optional.empty())));
    }

    private void soak(Operation operation, Credential credential, String... confirming) {
        for (String consumer : confirming) {
            stand.reports.acknowledge(consumer, stand.ref(credential, 2));
        }
        stand.clock.advance(Duration.ofMinutes(11));
        stand.job(operation, "SoakOver");
        stand.jobs(operation);
    }

    @Test
    void theNewVersionIsPromotedWhenEachWaveHasConfirmedIt() {
        Credential credential = triedByTwoWaves();
        Operation operation = stand.rotate(credential);
        soak(operation, credential, "batch");
        assertThat(stand.instance(operation)).isWaitingAt("WaveSoaks").hasNotPassed("PromoteVersion");
        soak(operation, credential, "web");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.served(credential)).isEqualTo(2);
    }

    @Test
    void whoRollsBackWhileAWaveTriesTheNewVersionTakesItFromTheWaveToo() {
        Credential credential = triedByTwoWaves();
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("WaveSoaks");
        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.served(credential)).isEqualTo(1);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.logsIn(credential, 2)).isFalse();
    }
}
