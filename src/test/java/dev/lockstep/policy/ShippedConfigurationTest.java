package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we ship and what the guide shows is accepted. */
class ShippedConfigurationTest {

    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private static final String TARGET = """
            ---
            kind: Target
            name: orders-db
            type: postgresql
            settings: {host: db.example.com, admin: lockstep, password: "${env:PG_ADMIN_PASSWORD}"}
            """;

    private static final String CREDENTIAL = """
            ---
            kind: Credential
            name: prod/shop/postgres/orders-app
            owner: shop-team
            class: database-user
            target: orders-db
            store: embedded
            principal: orders_app
            policy: monthly-in-place
            """;

    private final ConfigurationLoader loader = new ConfigurationLoader(
            new Adapters<Target>("target", Map.of("postgresql", endpoint -> new InertTarget())),
            new Adapters<SecretStore>("store", Map.of("embedded", endpoint -> new InertStore(), "vault", this::mirror)),
            ConfigDir.CHANNELS,
            ConfigDir.SOURCES,
            Duration.ofMinutes(1));

    private SecretStore mirror(Endpoint endpoint) {
        return new InertStore();
    }

    @Test
    void theShippedDirectoryStartsWithAStoreAndPoliciesAndNoCredentials() {
        Snapshot snapshot = loader.load("config", ConfigDir.NOW);

        assertThat(snapshot.stores()).containsOnlyKeys("embedded");
        assertThat(snapshot.policies()).containsOnlyKeys("monthly-in-place", "weekly-alternating");
        assertThat(snapshot.credentials()).isEmpty();
    }

    @Test
    void theExamplesWorkTogetherWithWhatIsShipped(@TempDir Path root) throws IOException {
        copy("config/policies/defaults.yaml", root);
        copy("config/stores/embedded.yaml", root);
        copy("config/examples/postgresql.yaml", root);
        copy("config/examples/policies.yaml", root);
        copy("config/examples/channels.yaml", root);
        copy("config/examples/secret-schema.yaml", root);
        copy("config/examples/identities.yaml", root);

        Snapshot snapshot = loader.load(root.toString(), ConfigDir.NOW);

        assertThat(snapshot.credentials()).hasSize(2);
        assertThat(snapshot.policies()).hasSize(6);
        assertThat(snapshot.schemas()).containsOnlyKeys("database-user");
        assertThat(snapshot.channels()).hasSize(4);
        assertThat(snapshot.identities()).hasSize(2);
    }

    @Test
    void settingsAreCheckedAgainstTheSchemaOfTheirType(@TempDir Path root) {
        new ConfigDir(root).file("targets/db.yaml", TARGET.replace("host: ", "hst: "));

        assertThat(refusals(root))
                .extracting(ConfigurationError::line, ConfigurationError::field, ConfigurationError::problem)
                .containsExactly(tuple(5, "settings.host", "is missing"), tuple(5, "settings.hst", "is unknown"));
    }

    @Test
    void everyDocumentInTheGuideIsAccepted(@TempDir Path root) throws IOException {
        Matcher blocks = YAML_BLOCK.matcher(Files.readString(Path.of("docs/configuration.md")));
        int accepted = 0;
        while (blocks.find()) {
            String block = blocks.group(1);
            if (block.contains("\nname:") || block.contains("\ncredentials:")) {
                Path directory = Files.createDirectory(root.resolve("block-" + accepted++));
                copy("config/policies/defaults.yaml", directory);
                new ConfigDir(directory).file("more.yaml", surroundings(block)).file("block.yaml", block);
                assertThat(refusals(directory)).as(block).isEmpty();
            }
        }

        assertThat(accepted).isGreaterThanOrEqualTo(6);
    }

    private List<ConfigurationError> refusals(Path directory) {
        try {
            loader.load(directory.toString(), ConfigDir.NOW);
            return List.of();
        } catch (ConfigurationErrors e) {
            return e.errors();
        }
    }

    /** What the document refers to, as far as it does not define it. */
    private static String surroundings(String block) {
        String embedded = block.contains("kind: Store") ? "" : "---\nkind: Store\nname: embedded\ntype: embedded\n";
        String target = block.contains("kind: Target") ? "" : TARGET;
        String credential = block.contains("kind: SignalSource") ? CREDENTIAL : "";
        return embedded + target + credential + "---\nkind: Store\nname: vault-eu\ntype: vault\n";
    }

    private static void copy(String file, Path directory) throws IOException {
        Path source = Path.of(file);
        Files.copy(source, directory.resolve(source.getFileName()));
    }
}
