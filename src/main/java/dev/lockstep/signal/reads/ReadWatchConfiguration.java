package dev.lockstep.signal.reads;

import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.ReadRules;
import dev.lockstep.port.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the watch over reads; without rules it has nothing to say. */
@Configuration(proxyBeanMethods = false)
class ReadWatchConfiguration {

    @Bean
    QueuedReadWatch readWatch(
            ObjectProvider<ReadRules> rules,
            Catalog catalog,
            Consumers consumers,
            Versions versions,
            Emergencies emergencies,
            MeterRegistry meters) {
        ReadRules inForce = rules.getIfAvailable(() -> List::of);
        return new QueuedReadWatch(new Anomalies(inForce, catalog, consumers, versions), emergencies, meters);
    }
}
