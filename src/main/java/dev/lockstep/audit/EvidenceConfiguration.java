package dev.lockstep.audit;

import dev.lockstep.port.Catalog;
import dev.lockstep.port.Evidence;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the evidence for auditors together. */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

    @Bean
    Evidence auditEvidence(
            JdbcClient jdbc,
            Chain chain,
            Archives archives,
            SigningKey key,
            Catalog catalog,
            Inventory inventory,
            Versions versions,
            Clock clock) {
        return new EvidenceWriter(
                new EvidenceEntries(jdbc),
                new EvidenceFacts(catalog, inventory, versions, clock),
                inventory,
                chain,
                archives,
                key,
                clock);
    }
}
