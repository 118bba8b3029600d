package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that contradict each other are refused with the place of both. */
class ReferencesBetweenFilesTest {

    private final ConfigDir directory;

    ReferencesBetweenFilesTest(@TempDir Path root) {
        directory = Samples.all(new ConfigDir(root));
    }

    @Test
    void twoDocumentsOfOneKindCannotShareAName() {
        ConfigurationError error =
                directory.file("policies/copy.yaml", Samples.POLICY).error();

        assertThat(error.toString())
                .contains("copy.yaml:2:7: name: the policy 'app-password' is defined already, at ")
                .contains("app.yaml:2:7");
    }

    @Test
    void documentsOfDifferentKindsMayShareAName() {
        directory.file("stores/same.yaml", "kind: Store\nname: orders-db\ntype: inert\n");

        assertThat(directory.load().stores()).containsKey("orders-db");
    }

    @Test
    void twoCredentialsOfOneTargetCannotShareAnAccount() {
        ConfigurationError error = directory
                .file("credentials/more.yaml", Samples.CREDENTIAL.replace("/orders-app", "/other"))
                .error();

        assertThat(error.toString())
                .contains("orders.yaml:8:12: principal: 'orders_app' belongs to another credential already, at ")
                .contains("more.yaml:8:12");
    }

    @Test
    void twoCredentialsCannotShareAName() {
        ConfigurationError error = directory
                .file("credentials/more.yaml", Samples.CREDENTIAL.replace("orders_app", "other"))
                .error();

        assertThat(error.toString())
                .contains("name: the credential 'prod/shop/postgres/orders-app' is defined already");
    }

    @Test
    void aMistakeInAPolicyIsNotRepeatedForTheCredentialsThatUseIt() {
        directory.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P30X"));

        assertThat(directory.error().field()).isEqualTo("rotate.every");
    }

    @Test
    void aTargetThatIsMissingIsNamedWithWhatThereIs() {
        directory.file("targets/db.yaml", "# moved\n");

        assertThat(directory.error().toString())
                .contains("orders.yaml:5:9: target: there is no target 'orders-db'; there is none yet");
    }

    @Test
    void theMinimumIntervalCanBeLowered() {
        directory.file(
                "policies/app.yaml", Samples.POLICY.replace("P30D", "PT10S").replace("at-most: P1D", "at-most: PT5S"));

        assertThat(directory.load(Duration.ofSeconds(10)).policies()).containsKey("app-password");
        assertThat(directory.error().problem()).isEqualTo("'PT10S' is out of range: too short");
    }
}
