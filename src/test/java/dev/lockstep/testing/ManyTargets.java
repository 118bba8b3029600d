package dev.lockstep.testing;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.lifecycle.AdoptCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The shipped application with many targets, all of them on one PostgreSQL server that holds its own database too; the
 * first target, {@link #BAD}, is behind a proxy that can misbehave. Nothing is due until a test says so.
 */
public final class ManyTargets implements AutoCloseable {

    /** The target behind the proxy. */
    public static final String BAD = "db-0";

    private static final String PASSWORD = "for-this-run-only";

    private static final String SHARED = """
            kind: Policy
            name: quarterly
            rotate: {every: P90D}
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            ---
            kind: Store
            name: embedded
            type: embedded
            """;

    private static final String TARGET = """
            ---
            kind: Target
            name: db-%d
            type: postgresql
            breaker: {probe-every: PT1S}
            settings: {host: 127.0.0.1, port: %d, admin: %s, password: "${file:%s}"}
            """;

    private static final String CREDENTIALS = """
            ---
            kind: Credential
            defaults: {owner: dba, class: database-user, store: embedded, policy: quarterly}
            credentials:
            """;

    /** The most attempts of operations that were under way at a target at once. */
    private static final String BUSIEST = """
            SELECT coalesce(max(at_once), 0)
              FROM (SELECT count(DISTINCT b.operation) AS at_once
                      FROM attempt a
                      JOIN operation o ON o.id = a.operation
                      JOIN attempt b ON b.started_at <= a.started_at
                                    AND (b.finished_at IS NULL OR b.finished_at > a.started_at)
                      JOIN operation p ON p.id = b.operation AND p.target = o.target
                     WHERE o.target = :target
                       AND a.outcome = 'succeeded'
                       AND b.outcome = 'succeeded'
                     GROUP BY a.id) AS moments
            """;

    private static final String MAKE_DUE = "UPDATE credential SET next_rotation_at = :now WHERE target IN (:targets)";

    private static final String LEFT =
            "SELECT count(*) FROM operation WHERE active_credential IS NOT NULL AND target IN (:targets)";

    private final PostgresServer server;
    private final FaultyProxy proxy;
    private final Path directory;
    private final String database;
    private final String admin;
    private final String role;
    private final int targets;
    private final int each;
    private final ConfigurableApplicationContext application;
    private final SingleConnectionDataSource outside;

    /**
     * @param each so many credentials has each target
     * @param settings beside those that say where things are
     */
    public ManyTargets(PostgresServer server, int targets, int each, Map<String, String> settings) {
        this.server = server;
        this.targets = targets;
        this.each = each;
        this.proxy = FaultyProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        this.admin = server.unique("many_admin");
        this.role = server.unique("many_role") + "_";
        this.database = server.createDatabase("many");
        try {
            this.directory = Files.createTempDirectory("lockstep-many");
            makeRoles();
            writeConfiguration();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.application = start(settings);
        this.outside = new SingleConnectionDataSource(
                server.url(database), server.superuser(), server.superuserPassword(), true);
        bean(AdoptCredentials.class).run();
    }

    private void makeRoles() {
        server.execute(
                "postgres",
                "CREATE ROLE " + admin + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
                "DO $$ BEGIN FOR i IN 0.." + (targets * each - 1) + " LOOP"
                        + " EXECUTE format('CREATE ROLE " + role + "%s LOGIN', i);"
                        + " EXECUTE format('GRANT " + role + "%s TO " + admin + " WITH ADMIN OPTION', i);"
                        + " END LOOP; END $$");
    }

    private void writeConfiguration() throws IOException {
        // Readable by its owner only, as every temporary file.
        Path password = Files.writeString(Files.createTempFile(directory, "admin", ".password"), PASSWORD);
        StringBuilder text = new StringBuilder(SHARED);
        for (int i = 0; i < targets; i++) {
            int port = i == 0 ? proxy.address().getPort() : server.port();
            text.append(TARGET.formatted(i, port, admin, password));
        }
        text.append(CREDENTIALS);
        for (int i = 0; i < targets * each; i++) {
            text.append("  - {name: test/dba/db-%d/role-%d, target: db-%d, principal: %s%d}%n"
                    .formatted(i % targets, i, i % targets, role, i));
        }
        Files.writeString(Files.createDirectory(directory.resolve("config")).resolve("house.yaml"), text);
    }

    private ConfigurableApplicationContext start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "spring.datasource.url", server.url(database),
                "spring.datasource.username", server.superuser(),
                "spring.datasource.password", server.superuserPassword(),
                "lockstep.kek", Base64.getEncoder().encodeToString(new byte[32]),
                "lockstep.data-dir", directory.resolve("data").toString(),
                "lockstep.config-dir", directory.resolve("config").toString(),
                "lockstep.models-dir", directory.resolve("no-models").toString(),
                "server.port", "0"));
        settings.putAll(more);
        return new SpringApplicationBuilder(LockstepApplication.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("shippedOnly", new ShippedOnly()))
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public ConfigurableApplicationContext application() {
        return application;
    }

    /** What stands between Lockstep and {@link #BAD}. */
    public FaultyProxy proxy() {
        return proxy;
    }

    /** The names of all targets but {@link #BAD}. */
    public List<String> others() {
        return IntStream.range(1, targets).mapToObj(i -> "db-" + i).toList();
    }

    /** The names of all targets. */
    public List<String> all() {
        return Stream.concat(Stream.of(BAD), others().stream()).toList();
    }

    /** Lockstep's database, with every right, over one connection: for one thread. */
    public JdbcClient outside() {
        return JdbcClient.create(outside);
    }

    /** Makes all credentials of the targets due now. */
    public void due(List<String> names) {
        outside()
                .sql(MAKE_DUE)
                .param("now", Timestamp.from(bean(Clock.class).instant()))
                .param("targets", names)
                .update();
    }

    /** How many operations of the targets have not ended. */
    public int left(List<String> names) {
        return outside().sql(LEFT).param("targets", names).query(Integer.class).single();
    }

    /**
     * The most operations that were at work at a target at once, as their attempts say. Those that never got an answer
     * are left out: they get their end in the ledger only when the next one begins.
     */
    public int busiest(String target) {
        return outside()
                .sql(BUSIEST)
                .param("target", target)
                .query(Integer.class)
                .single();
    }

    /** The name of the credential of one number. */
    public CredentialName credential(int number) {
        return CredentialName.of("test/dba/db-%d/role-%d".formatted(number % targets, number));
    }

    /** How many credentials each target has. */
    public int each() {
        return each;
    }

    @Override
    public void close() {
        application.close();
        outside.close();
        try {
            proxy.close();
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
