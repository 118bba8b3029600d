package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Stage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Every path of the emergency revocation, on the shipped model. */
@ProcessTest
@Covers("emergency-revocation")
@Import({RotationStand.class, IncidentStand.class})
class EmergencyProcessTest {

    @Autowired
    RotationStand rotation;

    @Autowired
    IncidentStand stand;

    @Autowired
    PaperNotices notices;

    @Autowired
    ProcessTestConfiguration.ListedAudit audit;

    @BeforeEach
    void nobodyWasTold() {
        notices.clear();
    }

    @Test
    void aPublicLeakIsRevokedReplacedToldReviewedAndClosed() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(incident.response()).isEqualTo(LeakResponse.REVOKE_NOW);
        assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(incident.state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.served(credential)).isEqualTo(2);
        assertThat(rotation.logsIn(credential, 2)).isTrue();
        assertThat(rotation.inventory.find(credential.name()).orElseThrow().status())
                .isEqualTo(CredentialStatus.ACTIVE);
        Affected affected = stand.affected(incident, credential);
        assertThat(affected.containedAt()).isNotNull();
        assertThat(affected.provenDeadAt()).isAfterOrEqualTo(affected.containedAt());
        assertThat(affected.replacedAt()).isAfterOrEqualTo(affected.provenDeadAt());
        assertThat(notices.told()).extracting(Notice::group).containsExactlyInAnyOrder("team", "security");
        assertThat(notices.told()).extracting(Notice::kind).containsOnly("leak.contained");
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
        stand.answer(incident, Map.of("incidentChoice", "lookAgain"));
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
        stand.answer(incident, Map.of("incidentChoice", "close", "conclusion", "a token in a public gist"));
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CLOSED);
        assertThat(stand.now(incident).conclusion()).isEqualTo("a token in a public gist");
        assertThat(audit.events())
                .filteredOn(event -> event.subject().equals(incident.label()))
                .extracting(AuditEvent::action)
                .containsExactly("incident.open", "incident.decide", "incident.close");
    }

    @Test
    void aLeakWithinTheOrganisationIsReplacedWithoutAGap() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.leakedInside(credential.name()));
        assertThat(incident.response()).isEqualTo(LeakResponse.ROTATE_NOW);
        assertThat(rotation.target.calls("disable")).isZero();
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.logsIn(credential, 2)).isTrue();
        assertThat(stand.affected(incident, credential).provenDeadAt()).isNotNull();
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
    }

    @Test
    void aValueThatNobodyKnowsIsIgnoredWithAReason() {
        stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.found("ab".repeat(32)));
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        assertThat(incident.response()).isEqualTo(LeakResponse.IGNORE);
        assertThat(incident.conclusion()).contains("Nothing that Lockstep manages");
    }

    @Test
    void aValueThatIsDeadAlreadyIsIgnored() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        rotation.rotate(credential);
        Incident incident = stand.reported(IncidentStand.found(stand.fingerprint(credential, 1)));
        assertThat(incident.state()).isEqualTo(Incident.State.CLOSED);
        assertThat(incident.reason()).contains("dead");
        assertThat(rotation.logsIn(credential, 2)).isTrue();
    }

    @Test
    void aValueThatWasRetiredButStillLogsInIsRevoked() {
        Credential credential = rotation.adopted(Given.policy().grace(Duration.ZERO), "comes-back");
        rotation.rotate(credential);
        rotation.target.set("app", "comes-back");
        Incident incident = stand.reported(IncidentStand.found(stand.fingerprint(credential, 1)));
        assertThat(incident.response()).isEqualTo(LeakResponse.REVOKE_NOW);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void aValueLeadsToItsCredential() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.found(stand.fingerprint(credential, 1)));
        assertThat(stand.affected(incident, credential).relation()).isEqualTo(Affected.Relation.SAME_VALUE);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void aSuspicionWaitsForAHumanWhoMayDismissIt() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.suspected(credential.name()));
        assertThat(incident.state()).isEqualTo(Incident.State.REVIEW);
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewReport");
        stand.answer(incident, Map.of("reviewChoice", "ignore"));
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CLOSED);
        assertThat(rotation.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aSuspicionMayBeFollowedByARevocation() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.suspected(credential.name()));
        stand.answer(incident, Map.of("reviewChoice", "revoke-now"));
        assertThat(rotation.stage(credential, 1)).isEqualTo(Stage.REVOKED);
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
    }

    @Test
    void aReviewThatNobodyMakesInTimeTakesTheSafeDefault() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.suspected(credential.name()));
        assertThat(incident.safeDefault()).isEqualTo(LeakResponse.ROTATE_NOW);
        stand.timer(incident, "ReviewDeadline");
        assertThat(stand.now(incident).response()).isEqualTo(LeakResponse.ROTATE_NOW);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(rotation.logsIn(credential, 2)).isTrue();
    }

    @Test
    void aGraverSignalDuringTheReviewIsLookedAtAtOnce() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.reported(IncidentStand.suspected(credential.name()));
        Incident same = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(same.id()).isEqualTo(incident.id());
        assertThat(same.response()).isEqualTo(LeakResponse.REVOKE_NOW);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
        assertThat(stand.incidents.signals(incident.id())).hasSize(2);
    }

    @Test
    void theSameDeliveryTwiceIsOneIncidentWithOneSignal() {
        Credential credential = stand.adopted(Given.policy());
        Signal signal = IncidentStand.leaked(credential.name());
        Incident first = stand.reported(signal);
        Incident second = stand.reported(signal);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(stand.incidents.signals(first.id())).hasSize(1);
        assertThat(rotation.served(credential)).isEqualTo(2);
    }

    @Test
    void moreSignalsOfTheSameLeakBelongToTheOpenIncident() {
        Credential credential = stand.adopted(Given.policy());
        String leaked = stand.fingerprint(credential, 1);
        Incident incident = stand.reported(IncidentStand.found(leaked));
        assertThat(stand.reported(IncidentStand.found(leaked)).id()).isEqualTo(incident.id());
        assertThat(stand.reported(IncidentStand.leaked(credential.name())).id()).isEqualTo(incident.id());
        assertThat(rotation.served(credential)).isEqualTo(2);
    }

    @Test
    void aLeakOfTheReplacementIsAnotherIncident() {
        Credential credential = stand.adopted(Given.policy());
        Incident first = stand.reported(IncidentStand.leaked(credential.name()));
        Incident second = stand.reported(IncidentStand.found(stand.fingerprint(credential, 2)));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(rotation.logsIn(credential, 2)).isFalse();
        assertThat(rotation.served(credential)).isEqualTo(3);
    }

    @Test
    void whatIsDerivedFromTheLeakedCredentialIsRevokedWithIt() {
        Credential root = stand.adopted(Given.policy());
        Credential derived =
                rotation.alsoAdopted(Given.policy().principal("derived").derivedFrom(root.name()));
        Credential next = rotation.alsoAdopted(Given.policy().principal("next").derivedFrom(derived.name()));
        Credential other = rotation.alsoAdopted(Given.policy().principal("other"));
        Incident incident = stand.reported(IncidentStand.leaked(root.name()));
        assertThat(stand.incidents.affected(incident.id())).hasSize(3);
        assertThat(stand.affected(incident, next).relation()).isEqualTo(Affected.Relation.DERIVED);
        assertThat(rotation.stage(derived, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.stage(next, 1)).isEqualTo(Stage.REVOKED);
        assertThat(rotation.stage(other, 1)).isEqualTo(Stage.CURRENT);
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewIncident");
    }

    @Test
    void credentialsWithTheSameValueOrAccountAreRevokedTogether() {
        Credential one = rotation.adopted(Given.policy(), "in-two-places");
        Credential sameValue = rotation.alsoAdopted(Given.policy().principal("elsewhere"), "in-two-places");
        Credential sameAccount = rotation.alsoAdopted(Given.policy().principal("app"));
        Incident incident = stand.reported(IncidentStand.leaked(one.name()));
        assertThat(stand.affected(incident, sameValue).relation()).isEqualTo(Affected.Relation.SAME_VALUE);
        assertThat(stand.affected(incident, sameAccount).relation()).isEqualTo(Affected.Relation.SAME_PRINCIPAL);
    }

    @Test
    void peopleAreToldWhenSomethingIsNotDeadAfterAMinute() {
        Credential credential = stand.adopted(Given.policy());
        rotation.target.fail("disable", 99, RotationStand.UNREACHABLE);
        Incident incident = stand.reported(IncidentStand.leaked(credential.name()));
        assertThat(incident.state()).isEqualTo(Incident.State.CONTAINING);
        stand.timer(incident, "NotContainedInTime");
        assertThat(notices.told()).extracting(Notice::kind).containsOnly("leak.not-contained");
        rotation.target.works();
        rotation.dispatchPatiently();
        stand.settle(incident);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(rotation.logsIn(credential, 1)).isFalse();
    }

    @Test
    void anIncidentWhoseWorkerDiedIsBegunByAnotherOne() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.emergencies.report(IncidentStand.leaked(credential.name()));
        stand.queue.claim(rotation.clock.instant(), 100, IncidentRun.LEASE);
        assertThat(stand.begin()).as("still claimed").isZero();
        stand.later(IncidentRun.LEASE.plusSeconds(1));
        stand.settle(incident);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
    }

    @Test
    void anIncidentThatKillsItsWorkersIsPutBeforeAHumanWithoutTriage() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.emergencies.report(IncidentStand.leaked(credential.name()));
        for (int i = 0; i < 4; i++) {
            assertThat(stand.queue.claim(rotation.clock.instant(), 100, IncidentRun.LEASE))
                    .hasSize(1);
            stand.later(IncidentRun.LEASE.plusSeconds(1));
        }
        stand.settle(incident);
        assertThat(stand.waitsAt(incident)).isEqualTo("ReviewReport");
        stand.answer(incident, Map.of("reviewChoice", "revoke-now"));
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
    }

    @Test
    void aMessageThatGotLostIsSentAgain() {
        Credential credential = stand.adopted(Given.policy());
        Incident incident = stand.emergencies.report(IncidentStand.leaked(credential.name()));
        stand.begin();
        long operation = stand.operation(incident, credential).id();
        rotation.operations.close(operation, Outcome.NOT_CONTAINED);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINING);
        stand.messages.resend(100);
        stand.settle(incident);
        assertThat(stand.now(incident).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(notices.told()).extracting(Notice::kind).containsOnly("leak.not-contained");
    }

    @Test
    void aSecondIncidentSharesTheOperationThatContainsAlready() {
        Credential root = stand.adopted(Given.policy());
        Credential derived =
                rotation.alsoAdopted(Given.policy().principal("derived").derivedFrom(root.name()));
        rotation.target.fail("disable", 1, RotationStand.UNREACHABLE);
        Incident first = stand.reported(IncidentStand.found(stand.fingerprint(derived, 1)));
        Incident second = stand.reported(IncidentStand.leaked(root.name()));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(stand.affected(second, derived).operation())
                .isEqualTo(stand.affected(first, derived).operation());
        rotation.dispatchPatiently();
        stand.settle(first);
        stand.settle(second);
        assertThat(stand.now(first).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(stand.now(second).state()).isEqualTo(Incident.State.CONTAINED);
    }

    @Test
    void whatIsContainedAlreadyWhenAnIncidentComesToItIsNotWaitedFor() {
        Credential root = stand.adopted(Given.policy());
        Credential derived =
                rotation.alsoAdopted(Given.policy().principal("derived").derivedFrom(root.name()));
        rotation.target.fail("apply", 1, RotationStand.DENIED);
        stand.reported(IncidentStand.found(stand.fingerprint(derived, 1)));
        rotation.catalog.remove(root.name());
        Incident second = stand.reported(IncidentStand.leaked(root.name()));
        assertThat(second.response()).isEqualTo(LeakResponse.REVIEW);
        stand.answer(second, Map.of("reviewChoice", "revoke-now"));
        assertThat(stand.now(second).state()).isEqualTo(Incident.State.CONTAINED);
        assertThat(notices.told()).extracting(Notice::kind).contains("leak.not-contained");
    }
}
