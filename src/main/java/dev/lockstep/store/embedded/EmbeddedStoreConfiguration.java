package dev.lockstep.store.embedded;

import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.Sealing;
import dev.lockstep.port.StoreAdapter;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class EmbeddedStoreConfiguration {

    @Bean
    Keysets keysets(
            JdbcClient jdbc,
            PlatformTransactionManager manager,
            Clock clock,
            @Value("${lockstep.kek:}") String current,
            @Value("${lockstep.kek-previous:}") String previous,
            @Value("${lockstep.kek-file:${lockstep.data-dir}/kek}") String file,
            @Value("${lockstep.generate-kek:false}") boolean generate) {
        KeySource source = new KeySource(current, previous, new KeyFile(Path.of(file)), generate);
        Keysets keysets = new Keysets(new KeysetRows(jdbc), source, new Transactions(manager), clock);
        keysets.start();
        return keysets;
    }

    @Bean
    StoreAdapter embeddedStoreAdapter(
            JdbcClient jdbc, Keysets keysets, PlatformTransactionManager manager, Clock clock) {
        return new EmbeddedStoreAdapter(jdbc, keysets, new Transactions(manager), clock);
    }

    @Bean
    Sealing sealing(Keysets keysets) {
        return new KeyedSealing(keysets);
    }

    @Bean
    Fingerprints fingerprints(Keysets keysets) {
        return new KeyedFingerprints(keysets);
    }
}
