package dev.lockstep.policy;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.Channels;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Identities;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.InventoryFiles;
import dev.lockstep.port.PolicyExplanations;
import dev.lockstep.port.ReadRules;
import dev.lockstep.port.ReportAdapter;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretSchemas;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.SignalSources;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicyProperties.class)
class PolicyConfiguration {

    @Bean
    SecretReferences secretReferences(
            ObjectProvider<Catalog> catalog,
            ObjectProvider<Inventory> inventory,
            ObjectProvider<Versions> versions,
            ObjectProvider<SecretStores> stores) {
        return new ManagedReferences(
                new SystemSecretReferences(System::getenv),
                () -> new ManagedReferences.Known(
                        catalog.getObject(), inventory.getObject(), versions.getObject(), stores.getObject()));
    }

    @Bean
    Adapters<Target> targetAdapters(ObjectProvider<TargetAdapter> adapters) {
        return Adapters.targets(adapters.orderedStream());
    }

    @Bean
    Adapters<SecretStore> storeAdapters(ObjectProvider<StoreAdapter> adapters) {
        return Adapters.stores(adapters.orderedStream());
    }

    @Bean
    Adapters<Channel> channelAdapters(ObjectProvider<ChannelAdapter> adapters) {
        return Adapters.channels(adapters.orderedStream());
    }

    @Bean
    Adapters<ReportReader> sourceAdapters(ObjectProvider<ReportAdapter> adapters) {
        return Adapters.sources(adapters.orderedStream());
    }

    @Bean
    ConfigurationLoader configurationLoader(
            Adapters<Target> targetAdapters,
            Adapters<SecretStore> storeAdapters,
            Adapters<Channel> channelAdapters,
            Adapters<ReportReader> sourceAdapters,
            PolicyProperties properties,
            ObjectProvider<OutboundRules> outbound) {
        return new ConfigurationLoader(
                targetAdapters,
                storeAdapters,
                channelAdapters,
                sourceAdapters,
                properties.minimumInterval(),
                outbound.getIfAvailable(() -> OutboundRules.STANDARD));
    }

    @Bean
    ConfigurationFiles configurationFiles(PolicyProperties properties) {
        return new ConfigurationFiles(properties.configDir());
    }

    /** What the first node of all puts in force; empty as soon as that is done. */
    @Bean
    AtomicReference<Sources> firstSources() {
        return new AtomicReference<>();
    }

    @Bean
    LiveCatalog catalog(
            ConfigurationLoader loader,
            ConfigurationFiles files,
            AtomicReference<Sources> firstSources,
            ObjectProvider<ConfigurationRecords> records,
            ObjectProvider<Definitions> definitions,
            Clock clock) {
        StartingConfiguration start = StartingConfiguration.read(loader, files, records.getIfAvailable(), clock);
        firstSources.set(start.sources());
        return new LiveCatalog(start.snapshot(), start.digest(), definitions::getObject);
    }

    @Bean
    InventoryFiles inventoryFiles(
            ConfigurationLoader configurationLoader,
            PolicyProperties properties,
            LiveCatalog catalog,
            ObjectProvider<Inventory> inventory,
            Clock clock) {
        return new ImportedInventory(
                more -> configurationLoader.refusals(properties.configDir(), clock.instant(), more),
                catalog,
                () -> inventory.getObject().list());
    }

    @Bean
    PolicyExplanations policyExplanations(LiveCatalog catalog) {
        return new ConfiguredExplanations(catalog);
    }

    @Bean
    Targets targets(Adapters<Target> targetAdapters, LiveCatalog catalog) {
        Clients<Target> clients =
                new Clients<>(targetAdapters, () -> catalog.snapshot().targets());
        return clients::client;
    }

    @Bean
    Channels channels(Adapters<Channel> channelAdapters, LiveCatalog catalog) {
        return new ConfiguredChannels(channelAdapters, () -> catalog.snapshot().channels());
    }

    @Bean
    Identities identities(LiveCatalog catalog) {
        return new ConfiguredIdentities(() -> catalog.snapshot().identities());
    }

    @Bean
    SignalSources signalSources(Adapters<ReportReader> sourceAdapters, LiveCatalog catalog) {
        return new ConfiguredSources(sourceAdapters, () -> catalog.snapshot().sources());
    }

    @Bean
    ReadRules readRules(LiveCatalog catalog) {
        return () -> catalog.snapshot().readRules().values();
    }

    @Bean
    SecretSchemas secretSchemas(LiveCatalog catalog) {
        return new ConfiguredSchemas(catalog::snapshot);
    }

    @Bean
    SecretStores secretStores(Adapters<SecretStore> storeAdapters, LiveCatalog catalog) {
        Clients<SecretStore> clients =
                new Clients<>(storeAdapters, () -> catalog.snapshot().stores());
        return clients::client;
    }
}
