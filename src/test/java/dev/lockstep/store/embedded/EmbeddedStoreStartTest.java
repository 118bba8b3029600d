package dev.lockstep.store.embedded;

import static dev.lockstep.store.embedded.StoreDatabase.KEK_A;
import static dev.lockstep.store.embedded.StoreDatabase.KEK_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.StoreAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starting with and without a usable key-encryption key, as an operator sees it. */
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedStoreStartTest {

    @Configuration(proxyBeanMethods = false)
    @Import(EmbeddedStoreConfiguration.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Application {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    private final Path directory;

    EmbeddedStoreStartTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void a_key_from_the_property_makes_store_and_fingerprints_work() {
        try (ConfigurableApplicationContext context = start("--lockstep.kek=" + KEK_A)) {
            assertThat(context.getBean(StoreAdapter.class).type()).isEqualTo("embedded");
            try (SecretValue value = SecretValue.of("leaked")) {
                assertThat(context.getBean(Fingerprints.class).of(value)).matches("[0-9a-f]{64}");
            }
        }
        assertThat(directory.resolve("kek")).doesNotExist();
    }

    @Test
    void keys_from_the_environment_are_found_under_their_documented_names() throws IOException {
        start("--lockstep.kek=" + KEK_A).close();
        start(Map.of("LOCKSTEP_KEK", KEK_B, "LOCKSTEP_KEK_PREVIOUS", KEK_A)).close();
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere")).resolve("key");
        Files.writeString(elsewhere, KEK_B);
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("r--------"));
        start(Map.of("LOCKSTEP_KEK_FILE", elsewhere.toString())).close();
    }

    @Test
    void the_environment_can_allow_to_make_a_key() {
        start(Map.of("LOCKSTEP_GENERATE_KEK", "true")).close();
        assertThat(directory.resolve("kek")).isNotEmptyFile();
    }

    @Test
    void a_key_file_is_made_at_the_first_start_where_that_is_allowed_and_used_from_then_on() throws IOException {
        String first;
        try (ConfigurableApplicationContext context = start("--lockstep.generate-kek=true")) {
            first = fingerprint(context);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kek"))))
                .isEqualTo("rw-------");
        try (ConfigurableApplicationContext context = start()) {
            assertThat(fingerprint(context)).isEqualTo(first);
        }
    }

    private static String fingerprint(ConfigurableApplicationContext context) {
        try (SecretValue value = SecretValue.of("leaked")) {
            return context.getBean(Fingerprints.class).of(value);
        }
    }

    @Test
    void without_a_key_the_start_is_refused_in_one_sentence(CapturedOutput output) {
        refused(output, "There is no key-encryption key: set LOCKSTEP_KEK");
        assertThat(directory.resolve("kek")).doesNotExist();
    }

    @Test
    void a_lost_key_is_not_replaced_by_a_new_one(CapturedOutput output) throws IOException {
        start("--lockstep.generate-kek=true").close();
        Files.delete(directory.resolve("kek"));
        refused(output, "The key-encryption key is gone", "--lockstep.generate-kek=true");
        assertThat(directory.resolve("kek")).doesNotExist();
    }

    @Test
    void a_wrong_key_is_refused_in_one_sentence(CapturedOutput output) {
        start("--lockstep.kek=" + KEK_A).close();
        refused(output, "does not open the stored keyset fingerprints", "--lockstep.kek=" + KEK_B);
    }

    @Test
    void a_short_key_is_refused_in_one_sentence(CapturedOutput output) {
        refused(output, "LOCKSTEP_KEK has 5 bytes instead of 32", "--lockstep.kek=c2hvcnQ=");
        assertThat(output).doesNotContain("c2hvcnQ=");
    }

    @Test
    void a_key_that_is_not_base64_is_refused_in_one_sentence(CapturedOutput output) {
        refused(output, "LOCKSTEP_KEK is not base64", "--lockstep.kek=correct horse battery staple");
        assertThat(output).doesNotContain("battery");
    }

    @Test
    void an_older_key_that_is_not_usable_is_refused_as_well(CapturedOutput output) {
        refused(output, "LOCKSTEP_KEK_PREVIOUS is not base64", "--lockstep.kek=" + KEK_A, "--lockstep.kek-previous=%%");
    }

    @Test
    void a_world_readable_key_file_is_refused_in_one_sentence(CapturedOutput output) throws IOException {
        Path file = directory.resolve("kek");
        Files.writeString(file, KEK_A);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused(output, "is open to others than its owner (rw-r--r--); run: chmod 600 " + file);
    }

    private void refused(CapturedOutput output, String sentence, String... arguments) {
        assertThatThrownBy(() -> start(arguments).close()).hasRootCauseInstanceOf(KeyRefused.class);
        assertThat(output.toString().lines().filter(line -> line.startsWith("Description:")))
                .hasSize(1);
        String description = output.toString()
                .substring(output.toString().indexOf("Description:"))
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElseThrow();
        assertThat(description).contains(sentence);
        assertThat(output.toString().lines()).noneMatch(line -> line.startsWith("\tat "));
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return start(Map.of(), arguments);
    }

    private ConfigurableApplicationContext start(Map<String, Object> variables, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=jdbc:h2:file:" + directory.resolve("start"));
        all.add("--spring.datasource.username=lockstep");
        all.add("--lockstep.data-dir=" + directory);
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("variables", variables)))
                .run(all.toArray(String[]::new));
    }
}
