package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SignalSource;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the kind {@code SignalSource}. */
class SignalSourceDocumentsTest {

    private static final String ALERTS = """
            kind: SignalSource
            name: github
            type: github-alerts
            settings: {secret: "${env:GITHUB_SECRET}"}
            about:
              - {place: "acme/shop*", type: "*postgres*", credentials: [prod/shop/postgres/orders-app]}
            """;

    @TempDir
    Path root;

    private ConfigDir directory;

    @BeforeEach
    void others() {
        directory = Samples.all(new ConfigDir(root));
    }

    @Test
    void a_source_is_found_by_its_name_and_tells_what_a_report_without_a_value_is_about() {
        Snapshot snapshot = directory.file("sources/github.yaml", ALERTS).load();
        ConfiguredSources sources = new ConfiguredSources(ConfigDir.SOURCES, snapshot::sources);

        SignalSource source = sources.find("github").orElseThrow();
        assertThat(source.credentials("Acme/shop-web", "postgres_connection_string"))
                .containsExactly(CredentialName.of("prod/shop/postgres/orders-app"));
        assertThat(source.credentials("evil/acme/shop", "postgres")).isEmpty();
        assertThat(source.credentials("acme/shop", "npm_token")).isEmpty();
        assertThat(sources.find("gitlab")).isEmpty();
        assertThat(sources.reader("github")).isSameAs(sources.reader("github"));
    }

    @Test
    void each_error_names_line_and_field() {
        directory.file(
                "sources/wrong.yaml",
                ALERTS.replace("secret:", "sekret:")
                        .replace("orders-app", "orders-ap")
                        .replace("place", "plase"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(
                        tuple(4, "settings.secret", "is missing"),
                        tuple(4, "settings.sekret", "is unknown"),
                        tuple(6, "about[0].plase", "is unknown"),
                        tuple(6, "about[0].credentials[0]", "there is no credential 'prod/shop/postgres/orders-ap'"));
    }

    @Test
    void a_type_that_there_is_not_is_answered_with_those_that_there_are() {
        directory.file("sources/wrong.yaml", ALERTS.replace("github-alerts", "github-alert"));

        assertThat(Objects.requireNonNull(directory.error().advice()))
                .contains("did you mean github-alerts?")
                .contains("standard-webhooks");
    }

    @Test
    void a_secret_does_not_stand_in_the_file() {
        directory.file("sources/wrong.yaml", ALERTS.replace("\"${env:GITHUB_SECRET}\"", "hunter2"));

        assertThat(directory.error().problem()).isEqualTo("a secret must not stand in a file");
    }

    @Test
    void keys_are_not_fetched_from_where_lockstep_may_not_connect_to() {
        directory.file("sources/wrong.yaml", """
                kind: SignalSource
                name: github
                type: github-partner
                settings: {keys: "https://169.254.169.254/keys"}
                """);

        assertThat(directory.error().toString())
                .contains("wrong.yaml:4:")
                .contains("settings.keys")
                .contains("link-local");
    }
}
