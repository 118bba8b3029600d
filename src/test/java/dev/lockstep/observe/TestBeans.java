package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Readings;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.port.Targets;
import dev.lockstep.testing.TestClock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The package's own wiring among fakes of everything else. */
@Import(ObserveConfiguration.class)
class TestBeans {

    @Bean
    TestClock clock() {
        return TestClock.frozenAt(Samples.NOW);
    }

    @Bean
    FakeTarget.Disabling originalTarget() {
        return new FakeTarget.Disabling();
    }

    @Bean
    FakeStore originalStore() {
        return new FakeStore();
    }

    /** Under its own type, so that tests can set it up; what Lockstep injects are ports. */
    @Bean
    Ledger ledger() {
        return new Ledger(new FakeLedger());
    }

    record Ledger(FakeLedger original) {}

    @Bean
    FakeLedgerPorts ports(Ledger ledger) {
        return ledger.original();
    }

    @Bean
    Readings readings() {
        return new FakeReadings();
    }

    @Bean
    Catalog catalog() {
        return new FakeCatalog();
    }

    @Bean
    TargetAdapter targetAdapter(FakeTarget.Disabling target) {
        return new TargetAdapter() {
            @Override
            public String type() {
                return Samples.TARGET.type();
            }

            @Override
            public Target open(Endpoint endpoint) {
                return target;
            }
        };
    }

    @Bean
    StoreAdapter storeAdapter(FakeStore store) {
        return new StoreAdapter() {
            @Override
            public String type() {
                return Samples.STORE.type();
            }

            @Override
            public SecretStore open(Endpoint endpoint) {
                return store;
            }
        };
    }

    @Bean
    Targets targets(TargetAdapter adapter) {
        Target target = adapter.open(Samples.TARGET);
        return name -> target;
    }

    @Bean
    FakeBreakers breakers(TestClock clock) {
        return new FakeBreakers(clock);
    }

    @Bean
    SecretStores stores(StoreAdapter adapter) {
        return name -> adapter.open(Samples.STORE);
    }
}
