package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Policy.Asks;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Lifecycles.Selected;
import dev.lockstep.port.Lifecycles.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Every path of the decommission, on the shipped model. */
@ProcessTest
@Covers("decommission")
@Import(LifeStand.class)
class DecommissionProcessTest {

    private static final Supplier<Throwable> UNREACHABLE =
            () -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "the target does not answer");
    private static final Supplier<Throwable> DENIED =
            () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "the administrator lacks a right");
    private static final Duration WEEK = Duration.ofDays(7);

    @Autowired
    LifeStand stand;

    @Autowired
    ProcessEngine engine;

    @AfterEach
    void theClockRunsAgain() {
        ClockUtil.reset();
        stand.clock.start();
    }

    private static Given policy(Duration quarantine, Asks asks) {
        return Given.policy().decommission(new Policy.Decommission(quarantine, asks, Optional.empty()));
    }

    /** In quarantine for a week, with nobody to be asked before. */
    private Credential inUse() {
        return stand.adopted(policy(WEEK, Asks.NEVER).consumers("web"));
    }

    private void isGone(Credential credential, Operation operation) {
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.DECOMMISSIONED);
        assertThat(stand.status(credential.name())).isEqualTo(CredentialStatus.DECOMMISSIONED);
        assertThat(stand.target.accepted("app")).isNull();
        assertThat(stand.served(credential.name())).isFalse();
        assertThat(stand.versions.unerased(credential.name())).isEmpty();
        assertThat(stand.readable(credential.name(), 1)).isFalse();
        assertThat(stand.inventory.find(credential.name()).orElseThrow().nextRotationAt())
                .isNull();
    }

    private void isInUse(Credential credential, Operation operation, Outcome outcome) {
        assertThat(stand.now(operation).outcome()).isEqualTo(outcome);
        assertThat(stand.status(credential.name())).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.served(credential.name())).isTrue();
        assertThat(stand.target.isDisabled("app")).isFalse();
    }

    private void passQuarantine(Operation operation) {
        stand.clock.advance(WEEK);
        stand.job(operation, "QuarantineOver");
        stand.jobs(operation);
    }

    @Test
    void theAccountIsDisabledThenRemovedAndOnlyThenTheVersionsAreDestroyed() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
        assertThat(stand.status(credential.name())).isEqualTo(CredentialStatus.DISABLED);
        assertThat(stand.target.isDisabled("app")).isTrue();
        assertThat(stand.readable(credential.name(), 1)).isTrue();
        passQuarantine(operation);
        isGone(credential, operation);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.RETIRED);
        assertThat(stand.target.calls("remove")).isEqualTo(1);
    }

    @Test
    void withoutQuarantineItHappensInOneGo() {
        Credential credential = stand.adopted(policy(Duration.ZERO, Asks.NEVER).mirrors("second"));
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        isGone(credential, operation);
        assertThat(stand.stores.store("second").read(new SecretRef(credential.name(), 1)))
                .isEmpty();
    }

    @Test
    void bothAccountsOfAPairAreRemovedTheSecondFirst() {
        Credential credential = stand.adopted(
                policy(Duration.ZERO, Asks.NEVER).alternating("app", "app_twin").grace(Duration.ZERO));
        Operation rotation = stand.rotate(credential);
        assertThat(stand.now(rotation).outcome()).isEqualTo(Outcome.ROTATED);
        stand.clock.advance(Duration.ofMinutes(1));
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        isGone(credential, operation);
        assertThat(stand.target.accepted("app_twin")).isNull();
        assertThat(stand.target.calls("remove")).isEqualTo(2);
    }

    @Test
    void theApproverSeesWhoReadsIt() {
        Credential credential = stand.adopted(policy(WEEK, Asks.ALWAYS).consumers("web", "batch"));
        stand.consumers.seen("web", new SecretRef(credential.name(), 1));
        Operation operation = stand.decommission(credential);
        assertThat(stand.instance(operation)).isWaitingAt("ApproveDecommission");
        assertThat(stand.variable(operation, "consumers").toString())
                .contains("batch (has not been seen)")
                .contains("web (version 1 at");
        assertThat(stand.target.calls("disable")).isZero();
        stand.answer(operation, "decision", "approve");
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
    }

    @Test
    void theTableMayWantSomebodyToAgreeWhereThePolicyDoesNot() {
        Credential credential = policy(WEEK, Asks.NEVER).initial("in-prod").credential("prod/team/paper/app");
        stand.catalog.clear();
        stand.catalog.put(credential);
        stand.target.reset();
        stand.target.set("app", "in-prod");
        stand.adopt.run();
        Operation operation = stand.decommission(credential);
        assertThat(stand.instance(operation)).isWaitingAt("ApproveDecommission");
        assertThat(stand.task(operation)).hasCandidateGroupAssociated("approvers");
    }

    @Test
    void nobodyApprovesTheirOwnRequest() {
        Operation operation = stand.decommission(stand.adopted(policy(WEEK, Asks.ALWAYS)));
        String task = stand.task(operation).getId();
        engine.getIdentityService().setAuthentication("tester", List.of("administrators", "camunda-admin"));
        assertThatThrownBy(() -> stand.tasks.complete(task, Map.of("decision", "approve")))
                .hasMessageContaining("own request");
        engine.getIdentityService().clearAuthentication();
        assertThat(stand.instance(operation)).isWaitingAt("ApproveDecommission");
    }

    @Test
    void theApproverMayDecline() {
        Credential credential = stand.adopted(policy(WEEK, Asks.UNLESS_EXPIRED).approval());
        Operation operation = stand.decommission(credential);
        stand.answer(operation, "decision", "decline");
        isInUse(credential, operation, Outcome.DECLINED);
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        Credential credential = stand.adopted(policy(WEEK, Asks.ALWAYS));
        Operation operation = stand.decommission(credential);
        stand.job(operation, "ApprovalDeadline");
        isInUse(credential, operation, Outcome.APPROVAL_EXPIRED);
    }

    @Test
    void aRequestIsTakenBackWhileItWaitsForApproval() {
        Credential credential = stand.adopted(policy(WEEK, Asks.ALWAYS));
        Operation operation = stand.decommission(credential);
        stand.lifecycles.cancel(operation.id(), "tester");
        isInUse(credential, operation, Outcome.CANCELLED);
    }

    @Test
    void aRequestThatIsTakenBackBeforeItBeginsTouchesNothing() {
        Credential credential = inUse();
        Operation operation = stand.lifecycles.decommission(credential.name(), "tester", "a test");
        stand.lifecycles.cancel(operation.id(), "tester");
        stand.dispatchOnce();
        isInUse(credential, operation, Outcome.CANCELLED);
        assertThat(stand.target.calls("disable")).isZero();
    }

    @Test
    void whatWasCalledOffInQuarantineIsEnabledAndVerified() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.lifecycles.cancel(operation.id(), "tester");
        stand.jobs(operation);
        isInUse(credential, operation, Outcome.KEPT);
    }

    @Test
    void aCancellationThatNobodyWaitedForIsToldAgainByTheSchedule() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.operations.requestRollback(operation.id());
        stand.tick();
        stand.jobs(operation);
        isInUse(credential, operation, Outcome.KEPT);
    }

    @Test
    void theScheduleGoesOnWhenNobodyWaitsForWhatItTells() {
        Credential credential = inUse();
        stand.target.fail("disable", 1, DENIED);
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        stand.operations.requestRollback(operation.id());
        stand.tick();
        stand.tick();
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedDecommission");
    }

    @Test
    void anAttemptToReadStopsTheRemovalUntilAHumanHasDecided() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        assertThat(stand.lifecycles.readAttempted(credential.name(), "web")).isTrue();
        assertThat(stand.instance(operation)).isWaitingAt("ResolveReadAttempt");
        assertThat(stand.variable(operation, "attempts").toString()).contains("web (1 times");
        stand.lifecycles.readAttempted(credential.name(), "web");
        stand.answer(operation, "readersChoice", "checkAgain");
        assertThat(stand.variable(operation, "attempts").toString()).contains("web (2 times");
        assertThat(stand.readable(credential.name(), 1)).isTrue();
        stand.answer(operation, "readersChoice", "keep");
        isInUse(credential, operation, Outcome.KEPT);
    }

    @Test
    void aHumanMayGoOnInSpiteOfAReader() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.lifecycles.readAttempted(credential.name(), "web");
        stand.answer(operation, "readersChoice", "goOn");
        isGone(credential, operation);
    }

    @Test
    void aHumanMayLetTheQuarantineGoOnAndIsAskedAgainOnlyAboutOthers() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.lifecycles.readAttempted(credential.name(), "web");
        stand.answer(operation, "readersChoice", "wait");
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
        stand.lifecycles.readAttempted(credential.name(), "web");
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
        stand.lifecycles.readAttempted(credential.name(), "batch");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveReadAttempt");
    }

    @Test
    void anAttemptToReadThatNobodyWaitedForIsToldAgainByTheSchedule() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.quarantine.readAttempted(operation.id(), "web");
        stand.tick();
        assertThat(stand.instance(operation)).isWaitingAt("ResolveReadAttempt");
    }

    @Test
    void theQuarantineIsOverOnlyWhenNobodyHasReadMeanwhile() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.quarantine.readAttempted(operation.id(), "web");
        passQuarantine(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveReadAttempt");
    }

    @Test
    void readingACredentialInUseIsNobodysBusiness() {
        Credential credential = inUse();
        assertThat(stand.lifecycles.readAttempted(credential.name(), "web")).isFalse();
    }

    @Test
    void anAccountThatCannotBeDisabledIsEnabledAgainAndAHumanDecides() {
        Credential credential = inUse();
        stand.target.fail("disable", 1, DENIED);
        Operation operation = stand.decommission(credential);
        assertThat(stand.instance(operation)).isWaitingAt("UndoDisable");
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedDecommission");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("target-permission-denied");
        stand.answer(operation, "choice", "checkAgain");
        stand.answer(operation, "choice", "keep");
        isInUse(credential, operation, Outcome.KEPT);
    }

    @Test
    void aHumanMayRetryAfterAFailure() {
        Credential credential = inUse();
        stand.target.fail("disable", 1, DENIED);
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        stand.answer(operation, "choice", "retry");
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
        passQuarantine(operation);
        isGone(credential, operation);
    }

    @Test
    void nothingIsDestroyedWhenTheAccountCannotBeRemoved() {
        Credential credential = inUse();
        stand.target.owns("app");
        Operation operation = stand.decommission(credential);
        passQuarantine(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedDecommission");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("principal-owns-objects");
        assertThat(stand.variable(operation, "accounts").toString()).contains("exists");
        assertThat(stand.readable(credential.name(), 1)).isTrue();
        assertThat(stand.served(credential.name())).isTrue();
        assertThatThrownBy(() -> stand.lifecycles.cancel(operation.id(), "tester"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("removing the account already");
        stand.answer(operation, "choice", "keep");
        isInUse(credential, operation, Outcome.KEPT);
    }

    @Test
    void whatItOwnsGoesToTheHeirOfThePolicy() {
        Credential credential = stand.adopted(
                Given.policy().decommission(new Policy.Decommission(Duration.ZERO, Asks.NEVER, Optional.of("keeper"))));
        stand.target.owns("app");
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        isGone(credential, operation);
        assertThat(stand.target.heirs()).containsExactly("keeper");
    }

    @Test
    void aRetryDoesNotWaitForAQuarantineThatIsOver() {
        Credential credential = inUse();
        stand.target.fail("remove", 1, DENIED);
        Operation operation = stand.decommission(credential);
        passQuarantine(operation);
        stand.answer(operation, "choice", "retry");
        isGone(credential, operation);
    }

    @Test
    void nothingIsDestroyedAsLongAsASecretStillLogsIn() {
        Credential credential = stand.adopted(policy(Duration.ZERO, Asks.NEVER).attempts(1));
        stand.target.immortal(true);
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedDecommission");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("still-alive");
        assertThat(stand.readable(credential.name(), 1)).isTrue();
        stand.target.immortal(false);
        stand.answer(operation, "choice", "retry");
        isGone(credential, operation);
    }

    @Test
    void anAccountThatIsGoneCannotBeKept() {
        Credential credential = stand.adopted(policy(Duration.ZERO, Asks.NEVER).attempts(1));
        stand.target.immortal(true);
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        stand.answer(operation, "choice", "keep");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedDecommission");
        assertThat(stand.readable(credential.name(), 1)).isTrue();
    }

    @Test
    void anUnreachableTargetIsTriedAgain() {
        Credential credential = inUse();
        stand.target.fail("disable", 1, UNREACHABLE);
        Operation operation = stand.decommission(credential);
        assertThat(stand.instance(operation)).isNull();
        stand.dispatchPatiently();
        assertThat(stand.instance(operation)).isWaitingAt("Quarantine");
        stand.target.fail("remove", 1, UNREACHABLE);
        passQuarantine(operation);
        isGone(credential, operation);
    }

    @Test
    void aContainedCredentialIsDecommissionedButNeverEnabled() {
        Credential credential = inUse();
        stand.versions.move(new SecretRef(credential.name(), 1), Stage.CURRENT, Stage.REVOKED);
        stand.stores.store("main").withdraw(credential.name());
        stand.inventory.mark(credential.name(), CredentialStatus.CONTAINED);
        Operation operation = stand.decommission(credential);
        stand.lifecycles.cancel(operation.id(), "tester");
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.KEPT);
        assertThat(stand.status(credential.name())).isEqualTo(CredentialStatus.CONTAINED);
        assertThat(stand.target.isDisabled("app")).isTrue();
        stand.clock.advance(Duration.ofMinutes(1));
        Operation again = stand.decommission(credential);
        passQuarantine(again);
        isGone(credential, again);
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void anExpiredCredentialGoesByItselfAndNobodyIsAsked() {
        Credential credential =
                stand.adopted(policy(Duration.ZERO, Asks.UNLESS_EXPIRED).approval());
        stand.inventory.expire(credential.name(), stand.clock.instant().minusSeconds(1));
        stand.tick();
        Operation operation = stand.operations.active(credential.name()).orElseThrow();
        assertThat(operation.process()).isEqualTo("decommission");
        assertThat(operation.requestedBy()).isEqualTo("schedule");
        stand.dispatchOnce();
        stand.jobs(operation);
        isGone(credential, operation);
        stand.tick();
        assertThat(stand.operations.active(credential.name())).isEmpty();
    }

    @Test
    void whatSomebodyKeepsDoesNotExpireAgainAtOnce() {
        Credential credential = stand.adopted(policy(WEEK, Asks.ALWAYS));
        stand.inventory.expire(credential.name(), stand.clock.instant().minusSeconds(1));
        stand.tick();
        Operation operation = stand.operations.active(credential.name()).orElseThrow();
        stand.dispatchOnce();
        stand.answer(operation, "decision", "decline");
        stand.tick();
        assertThat(stand.operations.active(credential.name())).isEmpty();
        assertThat(stand.inventory.find(credential.name()).orElseThrow().expiresAt())
                .isNull();
    }

    @Test
    void whatNobodyAnsweredIsAskedAgain() {
        Credential credential = stand.adopted(policy(WEEK, Asks.ALWAYS));
        stand.inventory.expire(credential.name(), stand.clock.instant().minusSeconds(1));
        stand.tick();
        Operation operation = stand.operations.active(credential.name()).orElseThrow();
        stand.dispatchOnce();
        stand.job(operation, "ApprovalDeadline");
        stand.tick();
        assertThat(stand.operations.active(credential.name())).isPresent();
    }

    @Test
    void anEmergencyTakesOver() {
        Credential credential = inUse();
        Operation operation = stand.decommission(credential);
        stand.operations.close(operation.id(), Outcome.SUPERSEDED);
        stand.compromised(operation);
        assertThat(stand.ended(operation)).isTrue();
    }

    @Test
    void aDocumentThatNobodyHasRemovedDoesNotBringItBack() {
        Credential credential = stand.adopted(policy(Duration.ZERO, Asks.NEVER));
        Operation operation = stand.decommission(credential);
        stand.jobs(operation);
        stand.catalog.put(Given.policy()
                .initial("the-first-secret")
                .consumers("new")
                .credential(credential.name().value()));
        stand.tick();
        assertThat(stand.status(credential.name())).isEqualTo(CredentialStatus.DECOMMISSIONED);
        assertThat(stand.consumers.of(credential.name())).isEmpty();
        assertThatThrownBy(() -> stand.request(credential))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("is decommissioned");
    }

    @Test
    void aSelectionTellsWhatItStandsForBeforeAnythingHappens() {
        Credential credential = inUse();
        Selection all = new Selection(Optional.of("test"), Map.of());
        assertThat(stand.lifecycles.selected(all)).containsExactly(new Selected(credential.name(), Optional.empty()));
        Operation busy = stand.request(credential);
        assertThat(stand.lifecycles.selected(all))
                .containsExactly(new Selected(
                        credential.name(), Optional.of("has the operation " + busy.label() + " under way")));
        assertThatThrownBy(() -> stand.lifecycles.decommission(all, "tester", "a test"))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> stand.lifecycles.selected(new Selection(Optional.empty(), Map.of())))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("nobody decommissions everything");
        assertThat(stand.lifecycles.selected(new Selection(Optional.of("prod"), Map.of())))
                .isEmpty();
        assertThat(stand.lifecycles.selected(new Selection(Optional.of("test"), Map.of("tier", "gold"))))
                .isEmpty();
    }

    @Test
    void aBatchQueuesOneOperationForEachCredential() {
        Credential credential = stand.adopted(policy(Duration.ZERO, Asks.NEVER));
        long batch = stand.lifecycles.decommission(
                new Selection(Optional.of("test"), Map.of()), "tester", "the environment is given up");
        Operation operation = stand.operations.active(credential.name()).orElseThrow();
        stand.dispatchOnce();
        stand.jobs(operation);
        isGone(credential, operation);
        assertThat(stand.batches.find(batch).orElseThrow().operations())
                .extracting(Operation::outcome)
                .isEqualTo(List.of(Outcome.DECOMMISSIONED));
    }
}
