package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.Processes;
import dev.lockstep.port.Rollouts;
import dev.lockstep.port.RunVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** A new version that a share of the credentials gets first. */
@ProcessTest
@Import(RotationStand.class)
class RolloutTest {

    @Autowired
    RotationStand stand;

    @Autowired
    RepositoryService repository;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Processes processes;

    @Autowired
    RunVersions versions;

    @Autowired
    ProcessTestConfiguration.ListedAudit audit;

    @AfterEach
    void onlyTheShippedModelsAreDeployed() {
        rollouts.of("rotation").stream()
                .map(Rollouts.Progress::rollout)
                .filter(rollout -> rollout.status() == Rollout.Status.OPEN)
                .forEach(rollout -> rollouts.complete("rotation", rollout.id(), "tester"));
        repository
                .createDeploymentQuery()
                .deploymentName("of-the-test")
                .list()
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        later();
    }

    /** Longer than versions and roll-outs are remembered. */
    private void later() {
        stand.clock.advance(Duration.ofMinutes(1));
    }

    private void deploy(String tag, String share) {
        try {
            String model = Files.readString(Path.of("processes/rotation.bpmn"))
                    .replaceFirst("versionTag=\"[^\"]*\"", "versionTag=\"" + tag + "\"");
            if (!share.isEmpty()) {
                model = model.replaceFirst(
                        "<camunda:properties>",
                        "<camunda:properties><camunda:property name=\"lockstep.rollout\" value=\"" + share + "\"/>");
            }
            repository
                    .createDeployment()
                    .name("of-the-test")
                    .addString("rotation.bpmn", model)
                    .deploy();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        later();
    }

    private Rollout open(String tag, int share) {
        Rollout rollout = rollouts.open("rotation", tag, share, RolloutRule.USUAL, "dora");
        later();
        return rollout;
    }

    private Rollout now(Rollout rollout) {
        return rollouts.of("rotation").stream()
                .map(Rollouts.Progress::rollout)
                .filter(known -> known.id() == rollout.id())
                .findFirst()
                .orElseThrow();
    }

    private String runsOn(Operation operation) {
        return versions.of(operation.id()).map(RunVersion::label).orElse("nothing");
    }

    /** A credential that belongs to the share, or does not. */
    private Credential credential(Rollout rollout, boolean included) {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        while (rollout.includes(credential.name()) != included) {
            credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        }
        return credential;
    }

    private void failsOnTheNewVersion(Rollout rollout) {
        Credential credential = credential(rollout, true);
        stand.target.fail(
                "apply", 1, () -> new PermanentException(FailureCode.PRINCIPAL_MISSING, "there is no such account"));
        Operation operation = stand.rotate(credential);
        stand.jobs(operation);
        assertThat(stand.task(operation)).isNotNull();
    }

    @Test
    void onlyTheShareGetsTheNewVersionUntilItIsCompleted() {
        deploy("1.1", "");
        Rollout rollout = open("1.1", 20);
        assertThat(rollout.formerTag()).isEqualTo("1.0.0");
        assertThat(runsOn(stand.rotate(credential(rollout, true)))).isEqualTo("rotation@1.1");
        Credential other = credential(rollout, false);
        assertThat(runsOn(stand.rotate(other))).isEqualTo("rotation@1.0.0");

        rollouts.complete("rotation", rollout.id(), "dora");
        later();
        assertThat(runsOn(stand.rotate(other))).isEqualTo("rotation@1.1");
        assertThat(audit.events())
                .filteredOn(event -> event.subject().equals("rotation@1.1"))
                .extracting(AuditEvent::action)
                .containsSubsequence("rollout.open", "rollout.complete");
    }

    @Test
    void aModelThatAsksForAShareNeverReachesTheOthers() {
        deploy("1.2", "20%");
        Rollout rollout = rollouts.of("rotation").get(0).rollout();
        assertThat(rollout.status()).isEqualTo(Rollout.Status.OPEN);
        assertThat(rollout.share()).isEqualTo(20);
        assertThat(runsOn(stand.rotate(credential(rollout, false)))).isEqualTo("rotation@1.0.0");
        assertThat(runsOn(stand.rotate(credential(rollout, true)))).isEqualTo("rotation@1.2");
        deploy("1.2", "20%");
        assertThat(rollouts.of("rotation").get(0).rollout().id()).isEqualTo(rollout.id());
    }

    @Test
    void itReturnsByItselfWhenTheNewVersionFailsMoreOften() {
        deploy("1.3", "");
        Rollout rollout = open("1.3", 50);
        for (int i = 0; i < RolloutRule.USUAL.minimumSample() - 1; i++) {
            failsOnTheNewVersion(rollout);
        }
        later();
        assertThat(runsOn(stand.rotate(credential(rollout, true)))).isEqualTo("rotation@1.3");
        later();

        Credential included = credential(rollout, true);
        assertThat(runsOn(stand.rotate(included))).isEqualTo("rotation@1.0.0");
        assertThat(now(rollout).status()).isEqualTo(Rollout.Status.RETURNED);
        assertThat(now(rollout).endedBy()).isEqualTo("lockstep");
        assertThat(now(rollout).reason()).startsWith("of the new version 4 of 5 runs failed (80%)");
        assertThat(audit.events()).anySatisfy(event -> {
            assertThat(event.action()).isEqualTo("rollout.return");
            assertThat(event.actor()).isEqualTo("lockstep");
            assertThat(event.subject()).isEqualTo("rotation@1.3");
        });

        Rollout again = open("1.3", 50);
        assertThat(runsOn(stand.rotate(credential(again, true)))).isEqualTo("rotation@1.3");
    }

    @Test
    void aDesignerWidensItAndGivesItBack() {
        deploy("1.4", "");
        Rollout rollout = open("1.4", 1);
        assertThat(rollouts.widen("rotation", rollout.id(), 100, "dora").share())
                .isEqualTo(100);
        later();
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        assertThat(runsOn(stand.rotate(credential))).isEqualTo("rotation@1.4");
        rollouts.giveBack("rotation", rollout.id(), "dora", "the labels are wrong");
        later();
        assertThat(runsOn(stand.rotate(credential))).isEqualTo("rotation@1.0.0");
        assertThatThrownBy(() -> rollouts.widen("rotation", rollout.id(), 5, "dora"))
                .isInstanceOf(Conflict.class)
                .hasMessage("the roll-out of rotation@1.4 is not open any more");
    }

    @Test
    void nothingIsTriedOutInAnEmergency() {
        deploy("1.5", "");
        Rollout rollout = open("1.5", 99);
        assertThat(runsOn(stand.rotateInEmergency(credential(rollout, true)))).isEqualTo("rotation@1.0.0");
    }

    @Test
    void aNewerVersionTakesThePlaceOfOneThatIsTriedOut() {
        deploy("1.6", "10%");
        Rollout rollout = rollouts.of("rotation").get(0).rollout();
        deploy("1.7", "");
        assertThat(now(rollout).status()).isEqualTo(Rollout.Status.RETURNED);
        assertThat(now(rollout).reason()).isEqualTo("overtaken by rotation@1.7");
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        assertThat(runsOn(stand.rotate(credential))).isEqualTo("rotation@1.7");
    }

    @Test
    void onlyTheNewestVersionIsRolledOutAndOnlyOnceAtATime() {
        assertThatThrownBy(() -> open("9.9", 5))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("a roll-out is for the newest version, which is rotation@1.0.0");
        assertThatThrownBy(() -> open("1.0.0", 5))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no other version");
        deploy("1.8", "5%");
        assertThatThrownBy(() -> open("1.8", 5)).isInstanceOf(Conflict.class).hasMessageContaining("is open");
        assertThatThrownBy(() -> rollouts.complete("rotation", 4711, "dora")).isInstanceOf(InvalidInput.class);
    }

    @Test
    void theDeployedVersionsAreListedWithWhatRunsOnThem() {
        assertThat(processes.newest())
                .extracting(Processes.Deployed::process)
                .contains("rotation", "schedule")
                .isSorted();
        stand.rotate(stand.adopted(Given.policy()));
        deploy("1.9", "");
        List<Processes.Deployed> listed = processes.versions("rotation");
        assertThat(listed).extracting(Processes.Deployed::versionTag).containsExactly("1.9", "1.0.0");
        assertThat(listed).extracting(Processes.Deployed::name).containsOnly("Rotation");
        assertThat(listed.get(0).running()).isZero();
        assertThat(listed.get(1).running()).isPositive();
        assertThat(audit.events())
                .filteredOn(event -> event.action().equals("model.deploy"))
                .extracting(AuditEvent::subject)
                .contains("rotation.bpmn", "schedule.bpmn");
    }
}
