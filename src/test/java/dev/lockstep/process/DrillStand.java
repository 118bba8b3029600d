package dev.lockstep.process;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Version;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Drills;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.Rehearsals;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.PostgresServer;
import dev.lockstep.testing.ShippedOnly;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shipped application with everything running, on a PostgreSQL that is its database and its target. */
final class DrillStand implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PASSWORD = "canary-of-the-administrator";
    private static final int ROLES = 12;

    /** What would leak together with {@link #ORIGIN}. */
    static final int DERIVED = 11;

    static final int ORIGIN = 10;

    /** No sandbox. */
    static final int EARNEST = 9;

    /** A sandbox whose rotation needs an approval. */
    static final int APPROVED = 8;

    private static final String SHARED = """
            kind: Policy
            name: drills
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            retries: {attempts: 15, backoff: [PT1S]}
            on-failure: {retry-later: {times: 0}, escalate: {group: operators, within: PT4H}}
            ---
            kind: Policy
            name: approved
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            approval: {group: approvers, within: P1D}
            grace: {at-most: PT0S}
            ---
            kind: Store
            name: embedded
            type: embedded
            ---
            kind: Target
            name: postgres
            type: postgresql
            settings: {host: 127.0.0.1, port: %d, database: %s, admin: %s, password: "${file:%s}"}
            """;

    private static final String CREDENTIAL = """
            ---
            kind: Credential
            name: %s
            owner: team
            class: database-user
            target: postgres
            store: embedded
            policy: %s
            principal: %s
            initial: "${file:%s}"
            labels: {sandbox: "%s"}
            """;

    private final PostgresServer server = PostgresServer.shared();
    private final String database = server.createDatabase("drill");
    private final String admin = server.unique("drill_admin");
    private final List<String> roles = new ArrayList<>();
    private final Path directory;
    private final ConfigurableApplicationContext application;
    private final AtomicInteger next = new AtomicInteger();

    DrillStand(Path directory) throws IOException {
        this.directory = directory;
        server.execute(
                "postgres",
                "CREATE ROLE " + admin + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
                "GRANT pg_signal_backend TO " + admin);
        writeConfiguration();
        this.application = start();
        bean(EngineDirectory.class).mirror("carol", "Carol", Set.of("operators"));
        bean(AdoptCredentials.class).run();
    }

    private void writeConfiguration() throws IOException {
        StringBuilder text = new StringBuilder(SHARED.formatted(server.port(), database, admin, secret(PASSWORD)));
        for (int i = 0; i < ROLES; i++) {
            String role = server.unique("drill_role");
            roles.add(role);
            server.execute(
                    "postgres",
                    "CREATE ROLE " + role + " LOGIN PASSWORD '" + initial(role) + "'",
                    "GRANT " + role + " TO " + admin + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
            text.append(CREDENTIAL.formatted(
                    name(i),
                    i == APPROVED ? "approved" : "drills",
                    role,
                    secret(initial(role)),
                    i == EARNEST ? "no" : "true"));
            if (i == DERIVED) {
                text.append("derived-from: [").append(name(ORIGIN)).append("]\n");
            }
        }
        Files.writeString(Files.createDirectory(directory.resolve("config")).resolve("drills.yaml"), text);
    }

    private static String initial(String role) {
        return "canary-of-" + role;
    }

    private Path secret(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "secret", ""), text);
    }

    private ConfigurableApplicationContext start() {
        Map<String, String> settings = Map.of(
                "spring.datasource.url", server.url(database),
                "spring.datasource.username", server.superuser(),
                "spring.datasource.password", server.superuserPassword(),
                "lockstep.kek", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "lockstep.data-dir", directory.resolve("data").toString(),
                "lockstep.config-dir", directory.resolve("config").toString(),
                "lockstep.models-dir", directory.resolve("no-models").toString(),
                "server.port", "0");
        return new SpringApplicationBuilder(LockstepApplication.class)
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.getBeanFactory().registerSingleton("shippedOnly", new ShippedOnly());
                    beans.registerBean(ModelCoverage.class, ModelCoverage::new);
                    beans.registerBean(
                            "shippedProgram",
                            LostNodeProgram.class,
                            () -> new LostNodeProgram(shippedClassPath()),
                            definition -> definition.setPrimary(true));
                })
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    /** What the tests bring is no part of the installation. */
    private static String shippedClassPath() {
        String tests = new File(DrillStand.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getPath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !new File(entry).getPath().equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    ApplicationContext application() {
        return application;
    }

    static CredentialName name(int number) {
        return CredentialName.of("test/team/postgres/sandbox-" + number);
    }

    /** A sandbox that no other test uses. */
    CredentialName sandbox() {
        int number = next.getAndIncrement();
        if (number >= APPROVED) {
            throw new IllegalStateException("there are no more sandboxes");
        }
        return name(number);
    }

    Drill begin(CredentialName credential, Drill.Scenario scenario) {
        return bean(Rehearsals.class).begin(credential, scenario, "carol", "a test");
    }

    Drill now(Drill drill) {
        return bean(Drills.class).get(drill.id());
    }

    /** Waits until the drill is as wanted. */
    Drill await(Drill drill, Duration atMost, Predicate<Drill> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!wanted.test(now(drill))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost + ": " + now(drill));
            }
            Thread.sleep(50);
        }
        return now(drill);
    }

    /** The deadline in the model has come. */
    void deadline(Drill drill) {
        ManagementService management = bean(ManagementService.class);
        management.executeJob(management
                .createJobQuery()
                .processInstanceId(now(drill).processInstance())
                .activityId("DeadlinePassed")
                .singleResult()
                .getId());
    }

    Task debriefing(Drill drill) throws InterruptedException {
        await(drill, PATIENCE, known -> tasks(known) == 1);
        return bean(TaskService.class)
                .createTaskQuery()
                .processInstanceId(now(drill).processInstance())
                .singleResult();
    }

    private long tasks(Drill drill) {
        return bean(TaskService.class)
                .createTaskQuery()
                .processInstanceId(drill.processInstance())
                .taskDefinitionKey("DebriefDrill")
                .count();
    }

    Drill debriefed(Drill drill) throws InterruptedException {
        Task task = debriefing(drill);
        IdentityService identities = bean(IdentityService.class);
        identities.setAuthentication("carol", List.of("operators"));
        try {
            bean(TaskService.class).complete(task.getId(), Map.of("findings", "it works", "followUp", "nothing"));
        } finally {
            identities.clearAuthentication();
        }
        return await(drill, PATIENCE, known -> known.state() == Drill.State.CLOSED);
    }

    /** Where a process instance has been. */
    List<String> path(Drill drill) {
        return bean(HistoryService.class)
                .createHistoricActivityInstanceQuery()
                .processInstanceId(now(drill).processInstance())
                .list()
                .stream()
                .map(activity -> activity.getActivityId())
                .distinct()
                .toList();
    }

    JdbcClient sql() {
        return bean(JdbcClient.class);
    }

    /** Whether the version that applications read logs in. */
    boolean currentLogsIn(CredentialName name) {
        Version current = bean(Versions.class).current(name).orElseThrow();
        return logsIn(current.principal(), current.ref());
    }

    boolean logsIn(String role, SecretRef ref) {
        return bean(SecretStores.class)
                .store("embedded")
                .read(ref)
                .map(value ->
                        value.expose(bytes -> server.logsIn(database, role, new String(bytes, StandardCharsets.UTF_8))))
                .orElse(false);
    }

    boolean initialLogsIn(int number) {
        return server.logsIn(database, roles.get(number), initial(roles.get(number)));
    }

    @Override
    public void close() {
        application.close();
    }
}
