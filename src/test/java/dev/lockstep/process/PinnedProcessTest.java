package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.RunVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Which version of which process an operation runs on. */
@ProcessTest
@Import(RotationStand.class)
class PinnedProcessTest {

    @Autowired
    RotationStand stand;

    @Autowired
    RepositoryService repository;

    @Autowired
    RunVersions versions;

    @Autowired
    DeployedVersions deployed;

    @AfterEach
    void onlyTheShippedModelsAreDeployed() {
        repository
                .createDeploymentQuery()
                .deploymentName("of-the-test")
                .list()
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        stand.clock.advance(Duration.ofMinutes(1));
    }

    private void deploy(String process, String tag) {
        try {
            String model = Files.readString(Path.of("processes/rotation.bpmn"))
                    .replace("id=\"rotation\"", "id=\"" + process + "\"")
                    .replace("bpmnElement=\"rotation\"", "bpmnElement=\"" + process + "\"")
                    .replaceFirst("versionTag=\"[^\"]*\"", "versionTag=\"" + tag + "\"");
            repository
                    .createDeployment()
                    .name("of-the-test")
                    .addString(process + ".bpmn", model)
                    .deploy();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        // Longer than the newest version is remembered.
        stand.clock.advance(Duration.ofMinutes(1));
    }

    private String runsOn(Operation operation) {
        return versions.of(operation.id()).map(RunVersion::label).orElse("nothing");
    }

    @Test
    void withoutAPinTheNewestVersionOfTheShippedProcessRuns() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        assertThat(runsOn(stand.rotate(credential))).isEqualTo("rotation@1.0.0");
        deploy("rotation", "1.1");
        Operation later = stand.rotate(credential);
        assertThat(runsOn(later)).isEqualTo("rotation@1.1");
        assertThat(stand.now(later).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aPolicyKeepsToAnOlderVersion() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).process("rotation@1.0.0"));
        deploy("rotation", "1.1");
        Operation operation = stand.rotate(credential);
        assertThat(runsOn(operation)).isEqualTo("rotation@1.0.0");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aPolicyTakesADesignersOwnProcess() {
        deploy("my-rotation", "7");
        Credential credential = stand.adopted(Given.policy().process("my-rotation"));
        Operation operation = stand.rotate(credential);
        assertThat(runsOn(operation)).isEqualTo("my-rotation@7");
        assertThat(stand.instance(operation).getProcessDefinitionId())
                .isEqualTo(versions.of(operation.id()).orElseThrow().definition());
    }

    @Test
    void anOperationWhosePinIsNotDeployedWaitsVisiblyUntilItIs() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).process("rotation@2.0"));
        Operation operation = stand.rotate(credential);
        for (int i = 0; i < 8; i++) {
            stand.clock.advance(Duration.ofMinutes(2));
            stand.dispatchOnce();
        }
        Operation waiting = stand.now(operation);
        assertThat(waiting.status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(waiting.failure()).isEqualTo(FailureCode.MISCONFIGURED);
        assertThat(waiting.failureMessage())
                .isEqualTo("policy test wants the process rotation@2.0, and no such version is deployed;"
                        + " deploy it, or change the policy");
        assertThat(stand.target.calls("apply")).isZero();
        deploy("rotation", "2.0");
        stand.dispatchPatiently();
        assertThat(runsOn(operation)).isEqualTo("rotation@2.0");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void anEmergencyDoesNotWaitForAPinnedVersion() {
        Credential credential = stand.adopted(Given.policy().process("rotation@2.0"));
        Operation operation = stand.rotateInEmergency(credential);
        assertThat(runsOn(operation)).isEqualTo("rotation@1.0.0");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void everyTryOfARunUsesTheVersionThatTheFirstOneChose() {
        Credential credential =
                stand.adopted(Given.policy().grace(Duration.ZERO).attempts(5));
        stand.target.fail(
                "apply", 2, () -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "the target does not answer"));
        Operation operation = stand.rotate(credential);
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);
        deploy("rotation", "1.1");
        stand.dispatchPatiently();
        assertThat(runsOn(operation)).isEqualTo("rotation@1.0.0");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        String ran = stand.history
                .createHistoricProcessInstanceQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .singleResult()
                .getProcessDefinitionId();
        assertThat(ran).isEqualTo(versions.of(operation.id()).orElseThrow().definition());
    }

    @Test
    void anOperationOfASuspendedProcessWaitsUntilItIsActivated() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        deploy("rotation", "1.1");
        repository.suspendProcessDefinitionById(deployed.of("rotation").get(0).definition());
        stand.clock.advance(Duration.ofMinutes(1));
        Operation operation = stand.rotate(credential);
        assertThat(stand.now(operation).failureMessage()).startsWith("process rotation@1.1 is suspended");
        repository.activateProcessDefinitionById(deployed.of("rotation").get(0).definition());
        stand.dispatchPatiently();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }
}
