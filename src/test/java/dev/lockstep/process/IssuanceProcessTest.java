package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Every path of the issuance, on the shipped model. */
@ProcessTest
@Covers("issuance")
@Import(LifeStand.class)
class IssuanceProcessTest {

    private static final Supplier<Throwable> UNREACHABLE =
            () -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "the target does not answer");
    private static final Supplier<Throwable> DENIED =
            () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "the administrator lacks a right");
    private static final Grants READERS = new Grants(List.of("readers"), List.of());
    private static final Policy.Issuance AT_ONCE =
            new Policy.Issuance(READERS, Set.of("test"), Optional.empty(), false);

    @Autowired
    LifeStand stand;

    @Autowired
    ProcessEngine engine;

    @AfterEach
    void theClockRunsAgain() {
        ClockUtil.reset();
        stand.clock.start();
    }

    private Definition wanted(Given given) {
        return stand.wanted(given.rules(), Optional.empty());
    }

    private Target.Presence account() {
        return stand.target.presence(
                new Account(CredentialName.of("test/team/paper/x"), "app", Optional.empty(), Map.of()));
    }

    private void nothingIsLeft(CredentialName name) {
        assertThat(account()).isEqualTo(Target.Presence.ABSENT);
        assertThat(stand.served(name)).isFalse();
        assertThat(stand.versions.unerased(name)).isEmpty();
        for (Version version : stand.versions.list(name)) {
            assertThat(stand.readable(name, version.ref().version())).isFalse();
        }
        assertThat(stand.status(name)).isEqualTo(CredentialStatus.DECOMMISSIONED);
        assertThat(stand.inventory.find(name).orElseThrow().nextRotationAt()).isNull();
    }

    @Test
    void aCredentialIsMadeWithItsGrantsAndTakenIntoUseInOneGo() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        Operation operation = stand.issue(definition);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
        assertThat(stand.status(definition.name())).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(stand.target.granted("app")).isEqualTo(READERS);
        assertThat(stand.versions.current(definition.name()).orElseThrow().principal())
                .isEqualTo("app");
        assertThat(stand.served(definition.name())).isTrue();
        assertThat(stand.inventory.find(definition.name()).orElseThrow().nextRotationAt())
                .isNotNull();
        assertThat(stand.consumers.of(definition.name())).extracting("consumer").containsExactly("web");
        assertThat(stand.catalog.credential(definition.name())).isPresent();
    }

    @Test
    void anIssuedCredentialIsRotatedLikeAnyOther() {
        Definition definition = wanted(Given.policy().grace(Duration.ZERO).issuance(AT_ONCE));
        stand.issue(definition);
        Operation rotation = stand.rotations.rotate(definition.name(), false, "tester", "a test");
        stand.dispatchOnce();
        assertThat(stand.now(rotation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void theFirstAccountOfAPairIsMadeAtOnceAndTheSecondWhenItsTurnComes() {
        Definition definition = stand.wanted(
                        Given.policy()
                                .alternating("x", "y")
                                .grace(Duration.ofHours(1))
                                .issuance(AT_ONCE)
                                .rules(),
                        Optional.empty())
                .withPrincipals(List.of());
        Operation operation = stand.issue(definition);
        String account = definition.name().value().replaceFirst(".*/", "").replace('-', '_');

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
        assertThat(stand.catalog.credential(definition.name()).orElseThrow().principals())
                .containsExactly(account + "_a", account + "_b");
        assertThat(stand.target.granted(account + "_a")).isEqualTo(READERS);
        assertThat(stand.target.granted(account + "_b")).isNull();
    }

    @Test
    void aLifeBeginsToCountWhenItIsIssued() {
        stand.clock.freeze();
        Definition definition =
                stand.wanted(Given.policy().approval().issuance(AT_ONCE).rules(), Optional.of(Expiry.of("PT8H")));
        Operation operation = stand.issue(definition);
        stand.clock.advance(Duration.ofHours(3));
        stand.answer(operation, "decision", "approve");
        assertThat(stand.inventory.find(definition.name()).orElseThrow().expiresAt())
                .isEqualTo(stand.clock.instant().plus(Duration.ofHours(8)).truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void thePolicyRefusesWithEveryReason() {
        Policy policy = Given.policy()
                .issuance(new Policy.Issuance(Grants.NONE, Set.of("dev"), Optional.of(Duration.ofDays(1)), false))
                .rules();
        Definition definition = stand.wanted(policy, Optional.of(new Expiry.At(Instant.parse("2020-01-01T00:00:00Z"))));
        stand.target.objects("the name is reserved");
        stand.catalog.lacking("there is no setting database that readers may see");
        Operation operation = stand.issue(definition);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(stand.now(operation).failure()).isEqualTo(FailureCode.POLICY_REFUSED);
        assertThat(stand.now(operation).failureMessage())
                .contains("does not allow issuance in test, only in [dev]")
                .contains("its life would have ended")
                .contains("the name is reserved")
                .contains("there is no setting database");
        assertThat(stand.target.calls("create")).isZero();
        nothingIsLeft(definition.name());
    }

    @Test
    void aPolicyThatSaysNothingAboutIssuanceAllowsNone() {
        Operation operation = stand.issue(wanted(Given.policy()));
        assertThat(stand.now(operation).failureMessage()).contains("allows no issuance");
    }

    @Test
    void aPolicyMayDemandAnEnd() {
        Policy policy = Given.policy()
                .issuance(new Policy.Issuance(Grants.NONE, Set.of(), Optional.of(Duration.ofDays(1)), false))
                .rules();
        Operation without = stand.issue(stand.wanted(policy, Optional.empty()));
        assertThat(stand.now(without).failureMessage()).contains("wants an end of its life, at most 1 day");
        Operation tooLong = stand.issue(stand.wanted(policy, Optional.of(Expiry.of("P2D"))));
        assertThat(stand.now(tooLong).failureMessage()).contains("a life of at most 1 day");
    }

    @Test
    void theNameOfARefusedRequestMayBeAskedForAgain() {
        Definition definition = wanted(Given.policy());
        stand.issue(definition);
        stand.catalog.put(Given.policy().issuance(AT_ONCE).rules());
        Operation again = stand.issue(definition);
        assertThat(stand.now(again).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void nothingIsTouchedBeforeTheApproverAgrees() {
        Definition definition = wanted(Given.policy().approval().issuance(AT_ONCE));
        Operation operation = stand.issue(definition);
        assertThat(stand.instance(operation)).isWaitingAt("ApproveIssuance");
        assertThat(stand.status(definition.name())).isEqualTo(CredentialStatus.REQUESTED);
        assertThat(stand.variable(operation, "principals")).isEqualTo("app");
        assertThat(stand.target.calls("create")).isZero();
        stand.answer(operation, "decision", "approve");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void theApproverMayDecline() {
        Definition definition = wanted(Given.policy().approval().issuance(AT_ONCE));
        Operation operation = stand.issue(definition);
        stand.answer(operation, "decision", "decline");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.DECLINED);
        nothingIsLeft(definition.name());
    }

    @Test
    void anApprovalThatNobodyGivesExpires() {
        Operation operation = stand.issue(wanted(Given.policy().approval().issuance(AT_ONCE)));
        stand.job(operation, "ApprovalDeadline");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.APPROVAL_EXPIRED);
    }

    @Test
    void aRequestIsTakenBackWhileItWaitsForApproval() {
        Operation operation = stand.issue(wanted(Given.policy().approval().issuance(AT_ONCE)));
        stand.lifecycles.cancel(operation.id(), "tester");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThatThrownBy(() -> stand.lifecycles.cancel(operation.id(), "tester"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aRequestThatIsTakenBackBeforeItBeginsIsNotIssued() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        Operation operation = stand.lifecycles.issue(definition, "tester", "a test");
        stand.lifecycles.cancel(operation.id(), "tester");
        stand.dispatchOnce();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stand.target.calls("create")).isZero();
    }

    @Test
    void somebodyHandsTheCredentialOver() {
        Policy.Issuance handedOver = new Policy.Issuance(READERS, Set.of(), Optional.empty(), true);
        Definition definition = wanted(Given.policy().issuance(handedOver));
        Operation operation = stand.issue(definition);
        assertThat(stand.instance(operation)).isWaitingAt("HandOverCredential");
        assertThat(stand.status(definition.name())).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(stand.variable(operation, "readFrom").toString())
                .isEqualTo("store main, under the name " + definition.name());
        assertThatThrownBy(() -> stand.lifecycles.cancel(operation.id(), "tester"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("decommission the credential instead");
        stand.answer(operation, "comment", "told them");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void aHandoverThatNobodyDoesHoldsNothingUp() {
        Policy.Issuance handedOver = new Policy.Issuance(READERS, Set.of(), Optional.empty(), true);
        Operation operation = stand.issue(wanted(Given.policy().issuance(handedOver)));
        stand.job(operation, "HandOverDeadline");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void anAccountOfSomebodyElseIsNeverTakenOverOrRemoved() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        stand.target.set("app", "of-somebody-else");
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("principal-exists");
        assertThat(stand.variable(operation, "accounts").toString()).contains("was not made by Lockstep");
        stand.answer(operation, "choice", "giveUp");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.NOT_ISSUED);
        assertThat(account()).isEqualTo(Target.Presence.FOREIGN);
        assertThat(stand.target.accepted("app")).isNotNull();
    }

    @Test
    void aFailureAtAnyStepIsUndoneAndAHumanMayRetry() {
        for (String call : List.of("create", "apply", "verify")) {
            Definition definition = wanted(Given.policy().issuance(AT_ONCE));
            stand.target.fail(call, 1, DENIED);
            Operation operation = stand.issue(definition);
            assertThat(stand.instance(operation)).isWaitingAt("UndoIssue");
            stand.jobs(operation);
            assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
            assertThat(account()).as(call).isEqualTo(Target.Presence.ABSENT);
            assertThat(stand.served(definition.name())).isFalse();
            assertThat(stand.status(definition.name())).isEqualTo(CredentialStatus.REQUESTED);
            stand.answer(operation, "choice", "checkAgain");
            assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
            stand.answer(operation, "choice", "retry");
            assertThat(stand.now(operation).outcome()).as(call).isEqualTo(Outcome.ISSUED);
            assertThat(stand.versions
                            .current(definition.name())
                            .orElseThrow()
                            .ref()
                            .version())
                    .isEqualTo(1);
        }
    }

    @Test
    void aHumanMayRetryWithANewSecret() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        stand.target.fail("apply", 1, DENIED);
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        stand.answer(operation, "choice", "retryNewSecret");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
        assertThat(stand.versions.current(definition.name()).orElseThrow().ref().version())
                .isEqualTo(2);
    }

    @Test
    void nothingIsLeftWhenAHumanGivesUp() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        stand.target.probeAnswers(LoginResult.PROBE_FAILED);
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("verify-probe-failed");
        assertThat(stand.readable(definition.name(), 1)).isTrue();
        stand.answer(operation, "choice", "giveUp");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.NOT_ISSUED);
        nothingIsLeft(definition.name());
    }

    @Test
    void aPromotionIsWithdrawnBeforeTheAccountIsRemoved() {
        Definition definition = LifeStand.mirrored(wanted(Given.policy().issuance(AT_ONCE)));
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
        assertThat(stand.served(definition.name())).isFalse();
        assertThat(account()).isEqualTo(Target.Presence.ABSENT);
        assertThat(stand.versions.list(definition.name()))
                .extracting(Version::stage)
                .containsExactly(Stage.DISCARDED);
    }

    @Test
    void theUndoRunsInTheRightOrderWhenAllStepsFinishInTheSameMillisecond() {
        Definition definition = LifeStand.mirrored(wanted(Given.policy().issuance(AT_ONCE)));
        stand.clock.freeze();
        ClockUtil.setCurrentTime(java.util.Date.from(stand.clock.instant()));
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        assertThat(stand.served(definition.name())).isFalse();
        assertThat(account()).isEqualTo(Target.Presence.ABSENT);
        assertThat(stand.versions.list(definition.name()))
                .extracting(Version::stage)
                .containsExactly(Stage.DISCARDED);
    }

    @Test
    void anUndoThatFailsKeepsTheSecretUntilTheAccountIsProvenToBeGone() {
        Definition definition = wanted(Given.policy().attempts(1).issuance(AT_ONCE));
        stand.target.probeAnswers(LoginResult.PROBE_FAILED);
        stand.target.fail("remove", 3, DENIED);
        Operation operation = stand.issue(definition);
        stand.jobs(operation);
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("undo-failed");
        assertThat(stand.variable(operation, "accounts").toString()).contains("was made for this credential");
        stand.answer(operation, "choice", "giveUp");
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
        assertThat(stand.readable(definition.name(), 1)).isTrue();
        stand.target.works();
        stand.answer(operation, "choice", "giveUp");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.NOT_ISSUED);
        nothingIsLeft(definition.name());
    }

    @Test
    void anUnreachableTargetIsTriedAgainFromTheQueue() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        stand.target.fail("create", 1, UNREACHABLE);
        Operation operation = stand.issue(definition);
        assertThat(stand.instance(operation)).isNull();
        stand.dispatchPatiently();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ISSUED);
    }

    @Test
    void whatALostRunHasMadeIsUndoneByTheNext() {
        Definition definition = wanted(Given.policy().attempts(3).issuance(AT_ONCE));
        stand.target.fail("apply", 1, UNREACHABLE);
        Operation operation = stand.issue(definition);
        assertThat(account()).isEqualTo(Target.Presence.MADE);
        stand.target.fail("create", 1, DENIED);
        stand.dispatchPatiently();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
        assertThat(account()).isEqualTo(Target.Presence.ABSENT);
    }

    @Test
    void anOperationThatKillsItsWorkersEndsWithAHuman() {
        Operation operation = stand.lifecycles.issue(wanted(Given.policy().issuance(AT_ONCE)), "tester", "a test");
        for (int i = 0; i < 3; i++) {
            stand.dispatch.claim(stand.clock.instant(), 100, Integer.MIN_VALUE, OperationRun.LEASE);
            stand.clock.advance(OperationRun.LEASE.plusSeconds(1));
        }
        stand.dispatchOnce();
        stand.jobs(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedIssuance");
    }

    @Test
    void anEmergencyTakesOver() {
        Operation operation = stand.issue(wanted(Given.policy().approval().issuance(AT_ONCE)));
        stand.operations.close(operation.id(), Outcome.SUPERSEDED);
        stand.compromised(operation);
        assertThat(stand.ended(operation)).isTrue();
    }

    @Test
    void anEmergencyRotationDoesNotTakeOverFromAnIssuance() {
        Definition definition = wanted(Given.policy().approval().issuance(AT_ONCE));
        Operation operation = stand.issue(definition);
        assertThatThrownBy(() -> stand.rotations.rotate(definition.name(), true, "tester", "a test"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(operation.label() + " is the issuance of");
        assertThat(stand.now(operation).status().active()).isTrue();
    }

    @Test
    void whatIsMalformedOrTakenIsRefusedBeforeAnythingIsQueued() {
        Definition definition = wanted(Given.policy().issuance(AT_ONCE));
        stand.issue(definition);
        assertThatThrownBy(() -> stand.issue(definition)).isInstanceOf(Conflict.class);
        Definition sameAccount = new Definition(
                CredentialName.of("test/team/paper/other"),
                "team",
                "database-user",
                "paper",
                "main",
                List.of(),
                "test",
                List.of("app"),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty());
        assertThatThrownBy(() -> stand.issue(sameAccount))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo("principals"));
        assertThat(stand.inventory.find(sameAccount.name())).isEmpty();
        stand.catalog.put(Given.policy().principal("b").credential("test/team/paper/configured"));
        assertThatThrownBy(() -> stand.issue(new Definition(
                        CredentialName.of("test/team/paper/configured"),
                        "team",
                        "database-user",
                        "paper",
                        "main",
                        List.of(),
                        "test",
                        List.of("c"),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Optional.empty())))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("stands in the configuration");
    }
}
