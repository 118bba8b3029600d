package dev.lockstep.delivery;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.testing.PostgresServer;
import dev.lockstep.testing.ShippedOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The shipped application with programs that may read, and credentials whose accounts are on a real PostgreSQL. */
public final class DeliveryHouse implements AutoCloseable {

    /** Takes turns between two accounts; three programs use it, and its grace lasts an hour. */
    public static final CredentialName PAIR = CredentialName.of("test/shop/postgres/pair");

    /** Has one account, which changes its password in place, without grace. */
    public static final CredentialName SINGLE = CredentialName.of("test/shop/postgres/single");

    /** Like {@link #PAIR}, with a fourth program, a grace of three seconds, and a group to ask after that. */
    public static final CredentialName HASTY = CredentialName.of("test/shop/postgres/hasty");

    private static final String CONFIGURATION = """
            kind: Policy
            name: pair
            rotate: on-demand
            strategy: alternating
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT1H}
            ---
            kind: Policy
            name: hasty
            rotate: on-demand
            strategy: alternating
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT3S, laggards: wait-and-escalate}
            on-failure: {escalate: {group: shop-dba, within: PT4H}}
            ---
            kind: Policy
            name: single
            rotate: {every: P30D}
            strategy: in-place
            decommission: {quarantine: PT1H, approval: never}
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            ---
            kind: Store
            name: embedded
            type: embedded
            ---
            kind: Target
            name: postgres
            type: postgresql
            settings: {host: 127.0.0.1, port: %1$d, admin: %2$s, password: "${file:%3$s}"}
            ---
            kind: Credential
            defaults: {owner: shop, class: database-user, target: postgres, store: embedded, labels: {service: shop}}
            credentials:
              - {name: test/shop/postgres/pair, principals: [%4$s_a, %4$s_b], policy: pair, consumers: [web, worker, report]}
              - {name: test/shop/postgres/hasty, principals: [%4$s_d, %4$s_e], policy: hasty, consumers: [web, worker, report, batch]}
              - {name: test/shop/postgres/single, principal: %4$s_c, policy: single, consumers: [web]}
              - {name: test/shop/postgres/apart, principal: %4$s_f, policy: single, labels: {service: other}}
            ---
            kind: Identity
            name: shop-web
            consumer: web
            approle: {}
            reads: {credentials: [test/shop/*/*], labels: {service: shop}}
            tokens: {life: PT10M, longest: PT20M}
            ---
            kind: Identity
            name: shop-worker
            consumer: worker
            approle: {}
            reads: {credentials: [test/shop/*/*], labels: {service: shop}}
            ---
            kind: Identity
            name: shop-report
            consumer: report
            approle: {}
            reads: {credentials: [test/shop/*/*], labels: {service: shop}}
            ---
            kind: Identity
            name: shop-batch
            consumer: batch
            approle: {}
            reads: {credentials: [test/shop/*/*], labels: {service: shop}}
            ---
            kind: Identity
            name: ops-tool
            approle: {}
            reads: {credentials: [test/*/*/*]}
            ---
            kind: Identity
            name: elsewhere
            approle: {}
            reads: {credentials: [test/*/*/*]}
            tokens: {networks: [192.0.2.0/24]}
            ---
            kind: Identity
            name: deploy
            jwt: {keys: %5$s, issuer: "https://ci.example.org", audience: lockstep, claims: {sub: "repo:acme/shop"}}
            reads: {credentials: [test/shop/*/*]}
            ---
            kind: Identity
            name: pods
            consumer: web
            kubernetes: {keys: %5$s, audience: lockstep, service-account: shop/web}
            reads: {labels: {service: shop}}
            """;

    private final PostgresServer server;
    private final Path directory;
    private final String database;
    private final String role;
    private final ConfigurableApplicationContext application;

    private DeliveryHouse(PostgresServer server, Map<String, String> settings, String more) {
        this.server = server;
        this.database = server.createDatabase("delivery");
        this.role = server.unique("reader");
        try {
            this.directory = Files.createTempDirectory("lockstep-delivery");
            write(more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String account : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            server.execute("postgres", "CREATE ROLE " + role + "_" + account + " LOGIN");
        }
        this.application = start(settings);
        application.getBean(AdoptCredentials.class).run();
    }

    /**
     * With these settings and these documents besides; in them, {@code @role@} begins the names of accounts that this
     * house has, of which {@code _g} and {@code _h} are free.
     */
    public static DeliveryHouse open(Map<String, String> settings, String more) {
        return new DeliveryHouse(PostgresServer.shared(), settings, more);
    }

    public static DeliveryHouse open() {
        return open(Map.of(), "");
    }

    private void write(String more) throws IOException {
        // Readable by its owner only, as every temporary file.
        Path password =
                Files.writeString(Files.createTempFile(directory, "admin", ".password"), server.superuserPassword());
        Files.writeString(keys(), "{\"keys\": []}");
        String text = CONFIGURATION.formatted(server.port(), server.superuser(), password, role, keys());
        Files.writeString(
                Files.createDirectory(directory.resolve("config")).resolve("house.yaml"),
                text + more.replace("@role@", role));
    }

    /** What its configuration says, in the file {@code house.yaml}. */
    public String configuration() {
        try {
            return Files.readString(directory.resolve("config").resolve("house.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with the keys that tokens of others are signed with. */
    public Path keys() {
        return directory.resolve("keys.jwks");
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
                "lockstep.outbound.allow", "loopback",
                "server.port", "0"));
        settings.putAll(more);
        return new SpringApplicationBuilder(LockstepApplication.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("shippedOnly", new ShippedOnly()))
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    /** Another node on the same database; the caller closes it. */
    public ConfigurableApplicationContext anotherNode() {
        return start(Map.of());
    }

    /** The port of a node. */
    public static int port(ConfigurableApplicationContext node) {
        return ((ServletWebServerApplicationContext) node).getWebServer().getPort();
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public int port() {
        return port(application);
    }

    /** The database that the accounts log in to. */
    public boolean logsIn(String user, String password) {
        return server.logsIn("postgres", user, password);
    }

    /** Where the accounts log in. */
    public String url() {
        return server.url("postgres");
    }

    /** A new secret_id of an identity, as text. */
    public String secretId(String identity) {
        return bean(MachineLogins.class)
                .issue(identity, Optional.empty(), "test")
                .secret()
                .expose(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    /** Somebody who reads as an identity that logs in by AppRole. */
    public Reader reader(String identity) {
        return Reader.at(port()).logIn(identity, secretId(identity));
    }

    /** Asks for a rotation, and returns the operation's number. */
    public long ask(CredentialName credential) {
        return bean(Rotations.class).rotate(credential, false, "test", "a test").id();
    }

    /** Rotates, and waits until the operation has ended. */
    public void rotate(CredentialName credential) {
        long id = ask(credential);
        await("operation " + id, () -> bean(Operations.class).get(id).outcome() != null);
    }

    /** Waits until the new version of a rotation is served. */
    public void rotateUntilPromoted(CredentialName credential) {
        int before = current(credential);
        ask(credential);
        await("the next version", () -> current(credential) > before);
    }

    /** The number of the current version; 0 when there is none. */
    public int current(CredentialName credential) {
        return jdbc().sql("SELECT COALESCE(MAX(version), 0) FROM credential_version WHERE current_of = :name")
                .param("name", credential.value())
                .query(Integer.class)
                .single();
    }

    /** The stage of a version. */
    public String stage(CredentialName credential, int version) {
        return jdbc().sql("SELECT stage FROM credential_version WHERE credential = :name AND version = :version")
                .param("name", credential.value())
                .param("version", version)
                .query(String.class)
                .single();
    }

    /** Whether no operation of the credential is under way. */
    public boolean idle(CredentialName credential) {
        return jdbc().sql("SELECT count(*) FROM operation WHERE active_credential = :name")
                        .param("name", credential.value())
                        .query(Integer.class)
                        .single()
                == 0;
    }

    /** The application's own database. */
    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** Waits until something is true, a minute at most. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        application.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
