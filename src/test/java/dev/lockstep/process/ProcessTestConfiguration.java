package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StepTracer;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Targets;
import dev.lockstep.testing.TestClock;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The parts of the house that process tests need, with configuration and target on paper. */
@ComponentScan(
        basePackages = {
            "dev.lockstep.ledger",
            "dev.lockstep.lifecycle",
            "dev.lockstep.probe",
            "dev.lockstep.process",
            "dev.lockstep.store.embedded",
            "dev.lockstep.generate"
        },
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = {".*Test.*", ".*process\\.web.*"}))
class ProcessTestConfiguration {

    /** Name of a store that shows nothing to applications. */
    static final String BROKEN = "broken";

    /** A store that goes on showing what it should withdraw. */
    static final String DEAF = "deaf";

    @Bean
    TestClock clock() {
        return TestClock.running();
    }

    /** The engine does not start without somebody who administers it. */
    @Bean
    InitializingBean administrator(EngineDirectory people) {
        return () -> people.mirror("tester", "Tester", Set.of("administrators", "camunda-admin"));
    }

    @Bean
    static ModelCoverage modelCoverage() {
        return new ModelCoverage();
    }

    @Bean
    PaperCatalog catalog(ObjectProvider<Definitions> definitions) {
        return new PaperCatalog(definitions::getObject);
    }

    @Bean
    PaperTarget paperTarget() {
        return new PaperTarget();
    }

    @Bean
    Targets targets(PaperTarget target) {
        return name -> target;
    }

    @Bean
    SecretStores secretStores(List<StoreAdapter> adapters) {
        Map<String, SecretStore> stores = new ConcurrentHashMap<>();
        return name -> stores.computeIfAbsent(name, key -> {
            SecretStore store = adapters.get(0).open(new Endpoint(key, "embedded", Map.of()));
            return switch (key) {
                case BROKEN -> broken(store, "promote");
                case DEAF -> broken(store, "withdraw");
                default -> store;
            };
        });
    }

    private static SecretStore broken(SecretStore store, String call) {
        return (SecretStore) Proxy.newProxyInstance(
                SecretStore.class.getClassLoader(), new Class<?>[] {SecretStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        throw new PermanentException(FailureCode.STORE_VERSION_MISSING, "the store is broken");
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Bean
    PaperGates targetGates() {
        return new PaperGates();
    }

    @Bean
    PaperNotices notifier() {
        return new PaperNotices();
    }

    @Bean
    SecretReferences secretReferences() {
        return SecretValue::of;
    }

    @Bean
    ListedAudit auditTrail() {
        return new ListedAudit();
    }

    @Bean
    StepTracer stepTracer() {
        return new StepTracer() {
            @Override
            public <T> T step(Operation operation, String step, Supplier<T> body) {
                return body.get();
            }
        };
    }

    /** Keeps what was audited, rolled back or not. */
    static final class ListedAudit implements AuditTrail {

        private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void append(AuditEvent event) {
            events.add(event);
        }

        List<AuditEvent> events() {
            return events;
        }
    }
}
