package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Lifecycles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Every path of the containment, on the shipped model. */
@ProcessTest
@Covers("containment")
@Import({RotationStand.class, IncidentStand.class})
class ContainmentProcessTest {

    @Autowired
    RotationStand rotation;

    @Autowired
    IncidentStand stand;

    @Autowired
    Lifecycles lifecycles;

    @Test
    void whatLeakedIsNeitherReadNorAcceptedUntilItIsReplaced() {
        Credential credential = stand.adopted(Given.policy().mirrors("second").attempts(1));
        rotation.target.fail("apply", 1, RotationStand.DENIED);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(rotation.stores.store("main").current(credential.name())).isEmpty();
        assertThat(rotation.stores.store("second").current(credential.name())).isEmpty();
        assertThat(rotation.target.accepted("app")).isNull();
        assertThat(rotation.inventory.find(credential.name()).orElseThrow().status())
                .isEqualTo(CredentialStatus.CONTAINED);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
    }

    @Test
    void aReplacementThatCannotBeMadeIsAHumansTaskAndTheLeakedSecretStaysDead() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.fail("apply", 99, RotationStand.DENIED);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        Operation operation = stand.operation(incident, credential);
        assertThat(stand.tasksOf(operation)).containsExactly("ResolveFailedRotation");
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.target.accepted("app")).isNull();
        rotation.target.works();
        stand.answer(operation, Map.of("choice", "retry"));
        assertThat(rotation.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.served(credential)).isEqualTo(2);
        assertThat(rotation.logsIn(credential, 2)).isTrue();
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(stand.affected(incident, credential).replacedAt()).isNotNull();
    }

    @Test
    void whatARotationHasProvenDeadIsNotTriedAgain() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).attempts(1));
        rotation.rotate(credential);
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.RETIRED);
        rotation.target.fail("apply", 1, RotationStand.DENIED);
        int before = rotation.target.calls("verifyDead");

        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));

        assertThat(stand.affected(incident, credential).provenDeadAt()).isNotNull();
        assertThat(rotation.target.calls("verifyDead")).isEqualTo(before + 1);
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.stage(credential, 2)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void aLeakWithinTheOrganisationIsReplacedFirst() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.leakedInside(credential.name()));
        assertThat(stand.operation(incident, credential).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.target.calls("disable")).isZero();
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void aReplacementThatDoesNotLogInRevivesNothing() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.fail("verify", 1, RotationStand.UNREACHABLE);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(stand.tasksOf(stand.operation(incident, credential))).containsExactly("ResolveFailedRotation");
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.target.calls("restore")).isZero();
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void bothAccountsOfAPairAreSwitchedOffAndTheOneThatIsNotReplacedForgetsItsSecret() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        rotation.rotate(credential);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(stand.operation(incident, credential).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.logsIn(credential, 2)).isFalse();
        assertThat(rotation.logsIn(credential, 3)).isTrue();
        rotation.target.enable(credential.account("app_b"));
        assertThat(rotation.target.accepted("app_b")).isNull();
    }

    @Test
    void aTargetThatCannotRevokeIsAHumansTaskAndIsTriedAgainByItself() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.fail("disable", 3, RotationStand.DENIED);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        Operation operation = stand.operation(incident, credential);
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        assertThat(rotation.variable(operation, "failureCode")).isEqualTo("target-permission-denied");
        stand.answer(incident, Map.of("containmentChoice", "checkAgain"));
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        stand.answer(incident, Map.of("containmentChoice", "retry"));
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        stand.timer(incident, "TryAgain");
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        stand.timer(incident, "TryAgain");
        assertThat(rotation.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void somebodyMayLeaveWhatCannotBeRevoked() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.immortal(true);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        stand.answer(incident, Map.of("containmentChoice", "leave"));
        assertThat(stand.operation(incident, credential).outcome()).isEqualTo(Outcome.NOT_CONTAINED);
        assertThat(stand.affected(incident, credential).provenDeadAt()).isNull();
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
    }

    @Test
    void aLeakDuringTheGraceSupersedesTheRotation() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation routine = rotation.rotate(credential);
        String instance = rotation.now(routine).processInstance();
        stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(rotation.now(routine).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(rotation.runtime
                        .createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
        assertThat(rotation.served(credential)).isEqualTo(3);
    }

    @Test
    void aLateChangeOfASupersededRotationIsRevokedOnceMore() {
        Credential credential = stand.adopted(Given.policy());
        Operation routine = rotation.request(credential);
        rotation.attempts.begin(routine.id(), Step.RESTORE, Duration.ofSeconds(30), Map.of());
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        Operation operation = stand.operation(incident, credential);
        assertThat(rotation.served(credential, "main")).isEmpty();
        assertThat(rotation.target.calls("disable")).isEqualTo(1);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        rotation.target.restore(credential.account("app"), rotation.value(credential, 1));
        assertThat(rotation.logsIn(credential, 1)).isTrue();
        stand.later(Duration.ofSeconds(31));
        stand.timer(incident, "LateChangesOver");
        assertThat(rotation.target.calls("disable")).isEqualTo(2);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.attempts.list(routine.id()))
                .extracting(entry -> entry.outcome())
                .containsExactly("unknown");
    }

    @Test
    void replacementsWaitUntilOtherLeaksAreContained() {
        Credential credential = stand.adopted(Given.policy());
        Credential other = rotation.alsoAdopted(Given.policy().principal("other"));
        Incident incident = stand.emergencies.report(IncidentStand.leaked(credential.name()));
        stand.begin();
        Incident later = stand.emergencies.report(IncidentStand.leaked(other.name()));
        rotation.dispatchOnce();
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.served(credential, "main")).isEmpty();
        stand.settle(later);
        assertThat(rotation.served(other)).isEqualTo(2);
        stand.timer(incident, "OthersContained");
        assertThat(rotation.served(credential)).isEqualTo(2);
    }

    @Test
    void aLeakOfTheReplacementBeforeItIsInUseTakesOver() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.fail("verify", 1, RotationStand.UNREACHABLE);
        Incident first = stand.reported(IncidentStand.leaked(credential.name()));
        Operation superseded = stand.operation(first, credential);
        Incident second = stand.reported(IncidentStand.found(stand.fingerprint(credential, 2)));
        assertThat(rotation.now(superseded).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(rotation.runtime
                        .createProcessInstanceQuery()
                        .processInstanceId(superseded.processInstance())
                        .count())
                .isZero();
        assertThat(rotation.logsIn(credential, 2)).isFalse();
        assertThat(rotation.logsIn(credential, 3)).isTrue();
        assertThat(stand.operation(second, credential).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void nothingTakesOverFromAContainment() {
        Credential credential = stand.adopted(Given.policy());
        rotation.target.fail("disable", 99, RotationStand.UNREACHABLE);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThatThrownBy(() -> rotation.rotateInEmergency(credential))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("because of a leak");
        rotation.target.works();
        rotation.dispatchPatiently();
        stand.settle(incident);
    }

    @Test
    void aReplacementOfALeakedSecretIsNotRolledBack() {
        Credential credential = stand.adopted(Given.policy());
        rotation.target.fail("disable", 99, RotationStand.UNREACHABLE);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        Operation operation = stand.operation(incident, credential);
        assertThatThrownBy(() -> rotation.rotations.rollBack(operation.id(), "tester"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("has no previous version to go back to");
        rotation.target.works();
        rotation.dispatchPatiently();
        stand.settle(incident);
        assertThat(rotation.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.affected(incident, credential).replacedAt()).isNotNull();
    }

    @Test
    void anEmergencyRotationBringsAContainedCredentialBackIntoUse() {
        Credential credential = stand.adopted(Given.policy().attempts(1));
        rotation.target.fail("apply", 99, RotationStand.DENIED);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        stand.answer(stand.operation(incident, credential), Map.of("choice", "keep"));
        rotation.target.works();
        Operation release = rotation.rotateInEmergency(credential);
        assertThat(rotation.now(release).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotation.inventory.find(credential.name()).orElseThrow().status())
                .isEqualTo(CredentialStatus.ACTIVE);
        assertThat(rotation.logsIn(credential, rotation.served(credential))).isTrue();
    }

    @Test
    void aContainmentThatKillsItsWorkersEndsWithAHuman() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.emergencies.report(IncidentStand.leaked(credential.name()));
        stand.begin();
        for (int i = 0; i < 3; i++) {
            rotation.dispatch.claim(rotation.clock.instant(), 100, Integer.MIN_VALUE, OperationRun.LEASE);
            rotation.clock.advance(OperationRun.LEASE.plusSeconds(1));
        }
        stand.settle(incident);
        assertThat(stand.waitsAt(incident)).isEqualTo("ResolveFailedContainment");
        stand.answer(incident, Map.of("containmentChoice", "retry"));
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void leakedValuesAreErasedWhenALaterOperationEnds() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        stand.reported(IncidentStand.leaked(credential.name()));
        rotation.clock.advance(Duration.ofMinutes(1));
        assertThat(rotation.stores.store("main").read(rotation.ref(credential, 1)))
                .isPresent();
        rotation.rotate(credential);
        assertThat(rotation.stores.store("main").read(rotation.ref(credential, 1)))
                .isEmpty();
    }

    private Operation inQuarantine(Credential credential) {
        Operation operation = lifecycles.decommission(credential.name(), "tester", "a test");
        rotation.dispatchOnce();
        assertThat(status(credential)).isEqualTo(CredentialStatus.DISABLED);
        return operation;
    }

    private CredentialStatus status(Credential credential) {
        return rotation.inventory.find(credential.name()).orElseThrow().status();
    }

    private static Given leaving() {
        return Given.policy()
                .mirrors("second")
                .decommission(new Policy.Decommission(Duration.ofDays(7), Policy.Asks.NEVER, Optional.empty()));
    }

    @Test
    void aLeakOfWhatIsInQuarantineIsProvenDeadAtOnceAndTheDecommissionGoesOn() {
        Credential credential = stand.adopted(leaving());
        Operation decommission = inQuarantine(credential);

        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));

        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(stand.affected(incident, credential).containedAt()).isNotNull();
        assertThat(stand.affected(incident, credential).provenDeadAt()).isNotNull();
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.stores.store("main").current(credential.name())).isEmpty();
        assertThat(rotation.now(decommission).outcome()).isNull();
        rotation.clock.advance(Duration.ofDays(7));
        rotation.job(decommission, "QuarantineOver");
        rotation.jobs(decommission);
        assertThat(rotation.now(decommission).outcome()).isEqualTo(Outcome.DECOMMISSIONED);
        assertThat(rotation.stores.store("main").read(rotation.ref(credential, 1)))
                .isEmpty();
    }

    @Test
    void whoCallsTheDecommissionOffDoesNotGetTheLeakedSecretBack() {
        Credential credential = stand.adopted(leaving());
        Operation decommission = inQuarantine(credential);
        stand.reported(IncidentStand.leaked(credential.name()));

        lifecycles.cancel(decommission.id(), "tester");
        rotation.jobs(decommission);

        assertThat(rotation.now(decommission).outcome()).isEqualTo(Outcome.KEPT);
        assertThat(status(credential)).isEqualTo(CredentialStatus.CONTAINED);
        assertThat(rotation.target.accepted("app")).isNull();
        assertThat(rotation.stores.store("main").current(credential.name())).isEmpty();
    }

    @Test
    void aLeakOfWhatIsBeingCalledBackIsContainedAndReplacedLikeAnyOther() {
        Credential credential = stand.adopted(leaving());
        Operation decommission = inQuarantine(credential);
        rotation.operations.requestRollback(decommission.id());

        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));

        assertThat(rotation.now(decommission).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.logsIn(credential, 2)).isTrue();
        assertThat(status(credential)).isEqualTo(CredentialStatus.ACTIVE);
    }

    @Test
    void whatTheTargetDoesNotProveAtOnceStaysUnproven() {
        Credential credential = stand.adopted(leaving());
        inQuarantine(credential);
        rotation.target.fail("verifyDead", 3, RotationStand.UNREACHABLE);

        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));

        assertThat(stand.affected(incident, credential).containedAt()).isNotNull();
        assertThat(stand.affected(incident, credential).provenDeadAt()).isNull();
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINING);
    }

    @Test
    void aMirrorThatIsDownKeepsNoOtherCredentialAlive() {
        Credential leaving = stand.adopted(leaving().mirrors(ProcessTestConfiguration.DEAF));
        inQuarantine(leaving);
        Credential other = rotation.alsoAdopted(leaving());

        Incident incident = stand.reported(IncidentStand.found(stand.fingerprint(leaving, 1)));

        assertThat(stand.affected(incident, leaving).containedAt()).isNull();
        assertThat(stand.affected(incident, other).provenDeadAt()).isNotNull();
    }

    @Test
    void oneWhoseLifeIsOverDoesNotKeepTheOthersAlive() {
        Credential leaked = stand.adopted(Given.policy());
        Credential gone = rotation.alsoAdopted(Given.policy());
        rotation.inventory.mark(gone.name(), CredentialStatus.DECOMMISSIONED);

        Incident incident = stand.reported(IncidentStand.leaked(leaked.name()));

        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(rotation.stage(leaked, 1)).isEqualTo(Stage.REVOKED);
        assertThat(stand.affected(incident, gone).operation()).isNull();
    }
}
