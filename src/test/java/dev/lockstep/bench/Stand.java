package dev.lockstep.bench;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.testing.PostgresServer;
import dev.lockstep.testing.ShippedOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The shipped application, in this JVM, and a PostgreSQL with fsync on that holds both its database and the roles whose
 * passwords it rotates in place and without grace.
 */
final class Stand implements AutoCloseable {

    /** Owner of Lockstep's database, so that its statements can be told from everybody else's. */
    static final String OWNER = "lockstep";

    private static final String PASSWORD = "for-this-run-only";
    private static final String ADMIN = "lockstep_admin";

    private static final String SHARED = """
            kind: Policy
            name: bench
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            ---
            kind: Store
            name: embedded
            type: embedded
            ---
            kind: Identity
            name: bench-reader
            approle: {}
            reads: {credentials: [bench/*/*/*]}
            ---
            kind: Target
            name: postgres
            type: postgresql
            limits: {concurrency: 8}
            settings: {host: 127.0.0.1, port: %d, admin: %s, password: "${file:%s}"}
            ---
            kind: Credential
            defaults: {owner: bench, class: database-user, target: postgres, store: embedded, policy: bench}
            credentials:
            """;

    private final PostgresServer server;
    private final String database;
    private final Path directory;
    private final List<CredentialName> credentials;
    private final ConfigurableApplicationContext application;
    private final SingleConnectionDataSource outside;

    private Stand(int roles, Map<String, String> settings) throws IOException {
        this.server = PostgresServer.start(Map.of("shared_preload_libraries", "pg_stat_statements"));
        this.directory = Files.createTempDirectory("lockstep-bench");
        this.database = prepareServer(roles);
        this.credentials = IntStream.range(0, roles)
                .mapToObj(i -> CredentialName.of(name(i)))
                .toList();
        writeConfiguration(roles);
        this.application = start(settings);
        this.outside = new SingleConnectionDataSource(
                server.url(database), server.superuser(), server.superuserPassword(), true);
        application.getBean(AdoptCredentials.class).run();
    }

    /** @param settings beside those that say where things are; the rest is what is shipped */
    static Stand with(int roles, Map<String, String> settings) {
        try {
            return new Stand(roles, settings);
        } catch (IOException e) {
            throw new IllegalStateException("the files of the benchmark cannot be written", e);
        }
    }

    private static String name(int role) {
        return "bench/team/postgres/role-" + role;
    }

    private String prepareServer(int roles) {
        server.execute(
                "postgres",
                "CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD '" + PASSWORD + "'",
                "GRANT pg_signal_backend TO " + ADMIN,
                "DO $$ BEGIN FOR i IN 0.." + (roles - 1) + " LOOP"
                        + " EXECUTE format('CREATE ROLE bench_%s LOGIN', i);"
                        + " EXECUTE format('GRANT bench_%s TO " + ADMIN + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE',"
                        + " i); END LOOP; END $$");
        String name = server.createDatabase("lockstep");
        server.execute(name, "ALTER DATABASE " + name + " OWNER TO " + OWNER, "GRANT ALL ON SCHEMA public TO " + OWNER);
        server.execute("postgres", "CREATE EXTENSION pg_stat_statements");
        return name;
    }

    private void writeConfiguration(int roles) throws IOException {
        // Readable by its owner only, as every temporary file.
        Path password = Files.writeString(Files.createTempFile(directory, "admin", ".password"), PASSWORD);
        StringBuilder text = new StringBuilder(SHARED.formatted(server.port(), ADMIN, password));
        for (int i = 0; i < roles; i++) {
            text.append("  - {name: ")
                    .append(name(i))
                    .append(", principal: bench_")
                    .append(i)
                    .append("}\n");
        }
        Files.writeString(Files.createDirectory(directory.resolve("config")).resolve("bench.yaml"), text);
    }

    private ConfigurableApplicationContext start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "spring.datasource.url", server.url(database),
                "spring.datasource.username", OWNER,
                "spring.datasource.password", PASSWORD,
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

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    ConfigurableApplicationContext application() {
        return application;
    }

    /** Asks Lockstep's database as superuser, whose statements are not counted, over one connection that stays open. */
    JdbcClient outside() {
        return JdbcClient.create(outside);
    }

    PostgresServer server() {
        return server;
    }

    /** Lockstep's own database. */
    String database() {
        return database;
    }

    /** One credential for each role. */
    List<CredentialName> credentials() {
        return credentials;
    }

    @Override
    public void close() {
        application.close();
        outside.close();
        try {
            server.close();
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new IllegalStateException("the benchmark could not clean up", e);
        }
    }
}
