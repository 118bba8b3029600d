package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.port.Targets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a person sees at start. */
@ExtendWith(OutputCaptureExtension.class)
class StartRefusalTest {

    private final Path root;

    StartRefusalTest(@TempDir Path root) {
        this.root = root;
    }

    @Configuration(proxyBeanMethods = false)
    @Import(PolicyConfiguration.class)
    static class Wiring {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        TargetAdapter inertTargets() {
            return new InertAdapters.OfTargets();
        }

        @Bean
        StoreAdapter inertStores() {
            return new InertAdapters.OfStores();
        }
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.NONE)
                .properties("lockstep.config-dir=" + root, "spring.config.location=classpath:/none/")
                .properties("spring.config.on-not-found=ignore")
                .properties(properties)
                .run();
    }

    @Test
    void theCatalogAndItsClientsAreThereWhenTheConfigurationIsInOrder() {
        Samples.all(new ConfigDir(root));

        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(Catalog.class).configured(CredentialName.of("prod/shop/postgres/orders-app")))
                    .isTrue();
            assertThat(context.getBean(Targets.class)
                            .target("orders-db")
                            .health()
                            .up())
                    .isTrue();
            assertThat(context.getBean(SecretStores.class)
                            .store("main")
                            .health()
                            .up())
                    .isTrue();
            assertThat(context.getBean(SecretReferences.class)).isNotNull();
        }
    }

    @Test
    void everyErrorIsPrintedInOneLineAndNoStackTrace(CapturedOutput output) {
        Samples.all(new ConfigDir(root))
                .file("policies/app.yaml", Samples.POLICY.replace("P30D", "PT").replace("attempts: 4", "attempts: 0"));

        assertThat(refusedStart()).isInstanceOf(ConfigurationErrors.class);

        assertThat(output.getAll().lines().filter(line -> line.contains("app.yaml:")))
                .hasSize(2)
                .anyMatch(line -> line.contains("app.yaml:3:17: rotate.every: 'PT' has no amount; write"))
                .anyMatch(line -> line.contains("app.yaml:7:21: retries.attempts: '0' is less than 1; expected"));
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
    }

    @Test
    void aMissingDirectoryIsOneClearLine(CapturedOutput output) {
        assertThat(refusedStart("lockstep.config-dir=" + root.resolve("nowhere")))
                .isInstanceOf(ConfigurationErrors.class);

        assertThat(output.getAll().lines().filter(line -> line.contains("nowhere: there is no such directory")))
                .hasSize(1);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    private Throwable refusedStart(String... properties) {
        try (ConfigurableApplicationContext context = start(properties)) {
            throw new AssertionError("should be refused, but started " + context.getId());
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause;
        }
    }

    @Test
    void theAnalyzerIsFoundBySpringBoot() {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, failure) -> {});

        assertThat(analyzers).hasAtLeastOneElementOfType(ConfigurationFailureAnalyzer.class);
    }
}
