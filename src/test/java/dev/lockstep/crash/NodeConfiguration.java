package dev.lockstep.crash;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.policy.ManagedReferences;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.ReadTimes;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StepTracer;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.port.TargetGates;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.process.PaperNotices;
import dev.lockstep.testing.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/** The real parts of a node, with the numbering in front of each port; only the configuration is on paper. */
@ComponentScan(
        basePackages = {
            "dev.lockstep.ledger",
            "dev.lockstep.audit",
            "dev.lockstep.lifecycle",
            "dev.lockstep.probe",
            "dev.lockstep.process",
            "dev.lockstep.store.embedded",
            "dev.lockstep.target.postgresql",
            "dev.lockstep.generate"
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*process\\.web.*"),
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = NodeConfiguration.TestClasses.class)
        })
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    CamundaBpmAutoConfiguration.class
})
class NodeConfiguration {

    /** Name of a store that shows nothing to applications. */
    static final String BROKEN = "broken";

    /** Name of a target whose administrator is itself a credential, of the target {@code orders-db}. */
    static final String MANAGED = "managed-db";

    /** The account of that administrator. */
    static final String MANAGED_ADMIN = "managed_admin";

    /** The credential of that administrator. */
    static final CredentialName MANAGED_CREDENTIAL = CredentialName.of("test/crash/postgres/managed-admin");

    /** The engine does not start without somebody who administers it. */
    /** Nobody reads at this node. */
    @Bean
    ReadTimes readTimes() {
        return () -> false;
    }

    @Bean
    InitializingBean administrator(EngineDirectory people, IdentityService known) {
        return () -> {
            if (known.createUserQuery().userId("tester").count() == 0) {
                people.mirror("tester", "Tester", Set.of("administrators", "camunda-admin"));
            }
        };
    }

    @Bean
    static Crossings crossings() {
        return new Crossings();
    }

    @Bean
    static PortProxies portProxies(Crossings crossings) {
        return new PortProxies(crossings);
    }

    @Bean
    MeterRegistry registry() {
        return new SimpleMeterRegistry();
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
    Targets targets(
            Crossings crossings,
            List<TargetAdapter> adapters,
            @Value("${crash.target.port}") String port,
            @Value("${crash.target.admin}") String admin,
            @Value("${crash.target.password}") String password) {
        Map<String, String> settings = Map.of(
                "host",
                "127.0.0.1",
                "port",
                port,
                "admin",
                admin,
                "password",
                password,
                "connect-timeout",
                "PT4S",
                "call-timeout",
                "PT4S");
        Target target =
                crossings.around(Target.class, adapters.get(0).open(new Endpoint("orders-db", "postgresql", settings)));
        Map<String, String> managed = new HashMap<>(settings);
        managed.put("admin", MANAGED_ADMIN);
        managed.put("password", "${credential:" + MANAGED_CREDENTIAL + "}");
        // Opened anew each time, so that no connection of before is used again.
        return name -> name.equals(MANAGED)
                ? crossings.around(Target.class, adapters.get(0).open(new Endpoint(MANAGED, "postgresql", managed)))
                : target;
    }

    @Bean
    SecretStores secretStores(Crossings crossings, List<StoreAdapter> adapters) {
        Map<String, SecretStore> stores = new ConcurrentHashMap<>();
        return name -> stores.computeIfAbsent(
                name,
                key -> crossings.around(
                        SecretStore.class, key.equals(BROKEN) ? refusing(open(adapters, key)) : open(adapters, key)));
    }

    /** Shut as long as the ledger says that the target is left alone. */
    @Bean
    TargetGates targetGates(Crossings crossings, ObjectProvider<Breakers> breakers) {
        return new LedgerGates(
                () -> crossings.observe(() -> breakers.getObject().paused()));
    }

    @Bean
    PaperNotices notifier() {
        return new PaperNotices();
    }

    @Bean
    SecretReferences secretReferences(
            Crossings crossings,
            ObjectProvider<Catalog> catalog,
            ObjectProvider<Inventory> inventory,
            ObjectProvider<Versions> versions,
            ObjectProvider<SecretStores> stores) {
        SecretReferences managed = new ManagedReferences(
                SecretValue::of,
                () -> new ManagedReferences.Known(
                        catalog.getObject(), inventory.getObject(), versions.getObject(), stores.getObject()));
        return new Unnumbered(crossings, managed);
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

    private static SecretStore open(List<StoreAdapter> adapters, String name) {
        return adapters.get(0).open(new Endpoint(name, "embedded", Map.of()));
    }

    private static SecretStore refusing(SecretStore store) {
        return (SecretStore) Proxy.newProxyInstance(
                SecretStore.class.getClassLoader(), new Class<?>[] {SecretStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("promote")) {
                        throw new PermanentException(FailureCode.STORE_VERSION_MISSING, "the store refuses it");
                    }
                    return method.invoke(store, arguments);
                });
    }

    /** The lookups of a login belong to the call that logs in. */
    private record Unnumbered(Crossings crossings, SecretReferences references) implements SecretReferences {

        @Override
        public SecretValue resolve(String reference) {
            return crossings.observe(() -> references.resolve(reference));
        }

        @Override
        public List<Supplier<Optional<SecretValue>>> candidates(String reference) {
            return crossings.observe(() -> references.candidates(reference)).stream()
                    .<Supplier<Optional<SecretValue>>>map(candidate -> () -> crossings.observe(candidate))
                    .toList();
        }
    }

    /** Whatever was compiled for tests. */
    static final class TestClasses implements TypeFilter {

        private static final String HERE = TestClasses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();

        @Override
        public boolean match(MetadataReader candidate, MetadataReaderFactory factory) throws IOException {
            return candidate.getResource().getURL().toString().contains(HERE);
        }
    }
}
