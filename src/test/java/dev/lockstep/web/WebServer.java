package dev.lockstep.web;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.policy.LedgerForecasts;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.Forecasts;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Sealing;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.PaperSealing;
import dev.lockstep.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The web surfaces behind the real login, on the real ledger and audit trail; only the engine is left out. */
@EnableAutoConfiguration(
        excludeName = {
            "org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration",
            "org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration",
            "org.camunda.bpm.spring.boot.starter.webapp.CamundaBpmWebappAutoConfiguration"
        })
@ComponentScan({"dev.lockstep.access", "dev.lockstep.audit", "dev.lockstep.ledger", "dev.lockstep.signal"})
@ComponentScan(basePackages = "dev.lockstep.web")
class WebServer {

    /**
     * Serves the pages with the sample data, to look at them: arguments are properties like {@code --server.port=0}.
     */
    public static void main(String[] args) {
        SpringApplication.run(WebServer.class, args);
    }

    @Bean
    TestClock clock() {
        return TestClock.running();
    }

    @Bean
    PaperCatalog catalog(ObjectProvider<Definitions> definitions) {
        return new PaperCatalog(definitions::getObject);
    }

    @Bean
    Forecasts forecasts(PaperCatalog catalog, Inventory inventory, Clock clock) {
        return new LedgerForecasts(catalog, () -> inventory, clock);
    }

    /** What is no reference stands for itself. */
    @Bean
    SecretReferences secretReferences() {
        return SecretValue::of;
    }

    @Bean
    Fingerprints fingerprints() {
        return secret -> secret.expose(bytes -> Digests.sha256(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Bean
    Sealing sealing() {
        return new PaperSealing();
    }

    @Bean
    EngineDirectory directory() {
        return new EngineDirectory() {
            @Override
            public void mirror(String userId, String displayName, Set<String> groups) {}

            @Override
            public void remove(String userId) {}
        };
    }
}
