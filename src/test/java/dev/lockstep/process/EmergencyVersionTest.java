package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.Rollouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Emergencies run on what is proven, whatever is being tried out meanwhile. */
@ProcessTest
@Import({RotationStand.class, IncidentStand.class})
class EmergencyVersionTest {

    private static final String NAME = "of-the-test";

    @Autowired
    RotationStand stand;

    @Autowired
    IncidentStand incidents;

    @Autowired
    RepositoryService repository;

    @Autowired
    Rollouts rollouts;

    @AfterEach
    void onlyTheShippedModelsAreDeployed() {
        repository
                .createDeploymentQuery()
                .deploymentName(NAME)
                .list()
                .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        later();
    }

    /** Longer than versions and roll-outs are remembered. */
    private void later() {
        stand.clock.advance(Duration.ofMinutes(1));
    }

    private static String model(String process, String tag) {
        try {
            return Files.readString(Path.of("processes", process + ".bpmn"))
                    .replaceFirst("versionTag=\"[^\"]*\"", "versionTag=\"" + tag + "\"");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void deploy(String process, String model) {
        repository
                .createDeployment()
                .name(NAME)
                .addString(process + ".bpmn", model)
                .deploy();
        later();
    }

    private static String toAShare(String model) {
        return model.replaceFirst(
                "<bpmn:extensionElements>\\s*<camunda:properties>",
                "<bpmn:extensionElements><camunda:properties>"
                        + "<camunda:property name=\"lockstep.rollout\" value=\"99%\"/>");
    }

    /** The version of the rotation with which a leaked credential was replaced. */
    private String replacedOn(Credential credential) {
        Incident incident = incidents.reported(IncidentStand.leaked(credential.name()));
        HistoricProcessInstance replacement = stand.history
                .createHistoricProcessInstanceQuery()
                .superProcessInstanceId(
                        incidents.operation(incident, credential).processInstance())
                .singleResult();
        return repository
                .getProcessDefinition(replacement.getProcessDefinitionId())
                .getVersionTag();
    }

    @Test
    void aLeakedSecretIsNotReplacedOnAVersionThatIsTriedOut() {
        deploy("rotation", toAShare(model("rotation", "tried-out")));
        assertThat(replacedOn(incidents.adopted(Given.policy()))).isEqualTo("1.0.0");

        long rollout = rollouts.of("rotation").get(0).rollout().id();
        rollouts.complete("rotation", rollout, "dora");
        later();
        assertThat(replacedOn(incidents.adopted(Given.policy()))).isEqualTo("tried-out");
    }

    @Test
    void aVersionThatWasGivenBackStaysOutOfUse() {
        deploy("rotation", toAShare(model("rotation", "given-back")));
        long rollout = rollouts.of("rotation").get(0).rollout().id();
        rollouts.giveBack("rotation", rollout, "dora", "it is too slow");
        later();
        assertThat(replacedOn(incidents.adopted(Given.policy()))).isEqualTo("1.0.0");
    }

    @Test
    void aLeakedSecretIsReplacedOnTheVersionThatItsPolicyPins() {
        deploy("rotation", model("rotation", "newest"));
        assertThat(replacedOn(incidents.adopted(Given.policy().process("rotation@1.0.0"))))
                .isEqualTo("1.0.0");
        assertThat(replacedOn(incidents.adopted(Given.policy()))).isEqualTo("newest");
    }

    @Test
    void processesOfEmergenciesAreNotTriedOutWithAShare() {
        deploy("containment", model("containment", "2.0"));
        assertThatThrownBy(() -> rollouts.open("containment", "2.0", 5, RolloutRule.USUAL, "dora"))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("containment runs in emergencies, in which nothing is tried out; try the version in a dry"
                        + " run and deploy it for all");
        deploy("emergency-revocation", model("emergency-revocation", "2.0"));
        assertThatThrownBy(() -> rollouts.open("emergency-revocation", "2.0", 5, RolloutRule.USUAL, "dora"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("emergency-revocation is not run by operations of credentials");
        for (String process : new String[] {"containment", "emergency-revocation"}) {
            assertThatThrownBy(() -> deploy(process, toAShare(model(process, "2.1"))))
                    .isInstanceOf(ParseException.class)
                    .hasMessageContaining("the property 'lockstep.rollout' is not possible: " + process);
        }
    }
}
