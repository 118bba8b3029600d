package dev.lockstep.dryrun;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.DryRuns;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.Notifier;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.StepTracer;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import dev.lockstep.process.dryrun.ModelRun;
import dev.lockstep.process.dryrun.PathRecorder;
import dev.lockstep.process.dryrun.SteppedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;
import org.springframework.util.ClassUtils;

/** One simulated world: brought up for a single run, and gone with it. */
final class World implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIRST_SECRET = "the-secret-in-use-before";

    private final DryRuns.Plan plan;
    private final Sabotage sabotage;
    private final SteppedClock clock;
    private final PathRecorder path;
    private final SimulatedTarget target;
    private final Map<String, SimulatedStore> stores = new LinkedHashMap<>();
    private final SimulatedCatalog catalog;
    private final List<Notice> told = new ArrayList<>();
    private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();

    /** @param exclude what the application leaves out when it looks for its parts */
    World(DryRuns.Plan plan, Clock real, String modelsDir, List<TypeExcludeFilter> exclude) {
        this.plan = plan;
        this.sabotage = new Sabotage(plan.failures());
        this.clock = new SteppedClock(real.instant());
        this.path = new PathRecorder(clock, real, PATIENCE);
        this.target = new SimulatedTarget(sabotage);
        this.catalog = SimulatedCatalog.of(plan.situation(), FIRST_SECRET);
        settings(modelsDir);
        ports();
        application.register(
                ModelRun.class, Parts.class, ClassUtils.resolveClassName(Parts.ENGINE, World.class.getClassLoader()));
        exclude.forEach(filter -> application.getBeanFactory().registerSingleton("exclude" + filter, filter));
        application.addBeanFactoryPostProcessor(new AbsentPorts());
    }

    private void settings(String modelsDir) {
        String name = UUID.randomUUID().toString();
        Map<String, Object> settings = Map.of(
                "spring.datasource.url", "jdbc:h2:mem:dry-run-" + name,
                "spring.datasource.hikari.maximum-pool-size", "6",
                "spring.datasource.hikari.transaction-isolation", "TRANSACTION_READ_COMMITTED",
                "spring.flyway.locations", "classpath:db/migration",
                "camunda.bpm.process-engine-name", "dryrun" + name.replace("-", ""),
                "camunda.bpm.job-execution.enabled", "false",
                "lockstep.dispatch", "false",
                "lockstep.models-dir", modelsDir);
        try {
            application.getEnvironment().getPropertySources().addFirst(new MapPropertySource("dry run", settings));
            application
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(new ResourcePropertySource(new ClassPathResource("engine-defaults.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ports() {
        bean(SteppedClock.class, clock);
        bean(PathRecorder.class, path);
        bean(Catalog.class, catalog);
        bean(Targets.class, name -> target);
        bean(SecretStores.class, name -> stores.computeIfAbsent(name, key -> new SimulatedStore(sabotage)));
        bean(SecretReferences.class, SecretValue::of);
        bean(Fingerprints.class, secret -> secret.expose(bytes -> Digests.sha256(Arrays.toString(bytes))));
        bean(AuditTrail.class, event -> {});
        bean(Notifier.class, told::add);
        bean(StepTracer.class, new SimulatedTracer(path, sabotage));
        application.registerBean(
                "administrator",
                InitializingBean.class,
                () -> () -> application
                        .getBean(EngineDirectory.class)
                        .mirror("designer", "Designer", Set.of("administrators", "camunda-admin")));
    }

    private <P> void bean(Class<P> type, P instance) {
        application.registerBean(type, () -> instance);
    }

    /** Brings everything up and runs the plan. */
    DryRuns.Report run() {
        application.refresh();
        ModelRun.Ran ran = application.getBean(ModelRun.class).run(plan, SimulatedCatalog.NAME, this::begin);
        List<String> notes = new ArrayList<>(ran.notes());
        told.stream()
                .map(notice -> "group " + notice.group() + " is told: " + notice.subject())
                .distinct()
                .forEach(notes::add);
        sabotage.unused()
                .forEach(activity -> notes.add("'" + activity + "' did not fail: it was not reached, or called"
                        + " neither store nor target"));
        return new DryRuns.Report(ran.path(), ran.flows(), ran.end(), simulated(), notes, ran.picture());
    }

    private void begin(ModelRun.Before before) {
        switch (before) {
            case IN_USE -> {
                target.given(catalog.only().principals().get(0), SecretValue.of(FIRST_SECRET));
                application.getBean(AdoptCredentials.class).run();
            }
            case ASKED_FOR -> application.getBean(Definitions.class).add(catalog.wanted());
        }
    }

    private DryRuns.Simulated simulated() {
        SimulatedStore main = stores.computeIfAbsent(catalog.only().store(), key -> new SimulatedStore(sabotage));
        List<Version> versions = application.getBean(Versions.class).list(SimulatedCatalog.NAME);
        Map<String, DryRuns.Account> accounts = new LinkedHashMap<>();
        catalog.only().principals().stream()
                .filter(target::has)
                .forEach(principal -> accounts.put(
                        principal,
                        new DryRuns.Account(
                                accepted(catalog.only().account(principal), versions, main),
                                target.isDisabled(principal))));
        return new DryRuns.Simulated(
                main.current(SimulatedCatalog.NAME).map(SecretRef::version).orElse(null),
                versions.stream()
                        .map(version -> new DryRuns.Held(
                                version.ref().version(),
                                version.stage(),
                                version.principal(),
                                main.holds(version.ref())))
                        .toList(),
                accounts);
    }

    private @Nullable Integer accepted(Account account, List<Version> versions, SimulatedStore main) {
        Stream<Version> own =
                versions.stream().filter(version -> version.principal().equals(account.principal()));
        return own.filter(version -> logsIn(version, main))
                .map(version -> version.ref().version())
                .findFirst()
                .orElse(null);
    }

    private boolean logsIn(Version version, SimulatedStore main) {
        Optional<SecretValue> stored = main.read(version.ref());
        return stored.isPresent() && stored.get().equals(target.accepted(version.principal()));
    }

    @Override
    public void close() {
        application.close();
    }
}
