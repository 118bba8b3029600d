package dev.lockstep.policy;

import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.SchemaReadings;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what changes the configuration of a running node. */
@Configuration(proxyBeanMethods = false)
class DeskConfiguration {

    @Bean
    ConfigurationDesk configurationDesk(
            LiveCatalog catalog,
            ConfigurationLoader loader,
            ConfigurationFiles files,
            ConfigurationRecords records,
            Inventory inventory,
            SchemaReadings schemaReadings,
            AuditTrail audit,
            Clock clock) {
        return new ConfigurationDesk(catalog, loader, files, records, inventory, schemaReadings, audit, clock);
    }

    @Bean
    ConfigurationWatch configurationWatch(
            ConfigurationDesk desk,
            ConfigurationFiles files,
            AtomicReference<Sources> firstSources,
            PolicyProperties properties,
            Clock clock) {
        DirectoryChanges changes =
                new DirectoryChanges(desk, files, properties.config().reload(), clock);
        return new ConfigurationWatch(
                desk, changes, firstSources, properties.config().interval());
    }
}
