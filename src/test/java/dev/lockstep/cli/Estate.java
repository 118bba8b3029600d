package dev.lockstep.cli;

import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Accounts at a real PostgreSQL, the configuration that manages them, a ledger there, and people who ask. */
final class Estate {

    static final String PASSWORD = "long enough to pass";
    static final String IN_USE = "in-use-until-now";

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String ADMIN_PASSWORD = "the-administrators-own";

    private final Path directory;
    private final String administrator = SERVER.unique("cli_admin");

    Estate(Path directory) {
        this.directory = directory;
    }

    /** Creates a role for each name and configures it as {@code test/shop/pg/<name>}. */
    void open(DynamicPropertyRegistry registry, String... names) {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + administrator + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'",
                "GRANT pg_signal_backend TO " + administrator);
        String database = SERVER.createDatabase("cli_ledger");
        write("config/house.yaml", """
                kind: Policy
                name: quick
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT0S, laggards: retire-anyway}
                retries: {attempts: 1}
                on-failure: {retry-later: {times: 0}}
                decommission: {quarantine: PT0S, approval: never}
                ---
                kind: Policy
                name: approved
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT0S, laggards: retire-anyway}
                approval: {group: approvers, within: P1D}
                ---
                kind: Target
                name: pg
                type: postgresql
                settings: {host: localhost, port: %d, database: postgres, admin: %s, password: "%s"}
                ---
                kind: Store
                name: main
                type: embedded
                """.formatted(SERVER.port(), administrator, secret("admin", ADMIN_PASSWORD)));
        StringBuilder credentials = new StringBuilder();
        for (String name : names) {
            credentials.append(credential(name));
        }
        write("config/credentials.yaml", credentials.toString());
        registry.add("lockstep.config-dir", () -> directory.resolve("config").toString());
        registry.add("lockstep.data-dir", () -> directory.resolve("data").toString());
        registry.add("spring.datasource.url", () -> SERVER.url(database));
        registry.add("spring.datasource.username", SERVER::superuser);
        registry.add("spring.datasource.password", SERVER::superuserPassword);
    }

    static void people(UserAdministration users) {
        Map.of(
                        "olga", Set.of(Role.OPERATOR, Role.SECURITY),
                        "vera", Set.of(Role.VIEWER),
                        "anton", Set.of(Role.AUDITOR),
                        "dora", Set.of(Role.DESIGNER),
                        "adam", Set.of(Role.ADMINISTRATOR))
                .forEach((id, roles) -> users.create("test", id, id, SecretValue.of(PASSWORD), roles));
    }

    /** Lockstep's login at the target may do nothing with this account. */
    void withoutRight(String name) {
        sql("REVOKE " + role(name) + " FROM " + administrator);
    }

    String role(String name) {
        return administrator + "_" + name.replace('-', '_');
    }

    boolean logsIn(String name, String password) {
        return SERVER.logsIn("postgres", role(name), password);
    }

    void sql(String... statements) {
        SERVER.execute("postgres", statements);
    }

    private String credential(String name) {
        sql(
                "CREATE ROLE " + role(name) + " LOGIN PASSWORD '" + IN_USE + "-by-" + name + "'",
                "GRANT " + role(name) + " TO " + administrator + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        return """
                ---
                kind: Credential
                name: test/shop/pg/%1$s
                owner: shop
                class: database-user
                target: pg
                store: main
                principal: %2$s
                policy: %3$s
                consumers: [web]
                labels: {sandbox: "%4$s"}
                initial: "%5$s"
                """.formatted(
                        name,
                        role(name),
                        name.startsWith("approved") ? "approved" : "quick",
                        name.startsWith("sandbox"),
                        secret(name, IN_USE + "-by-" + name));
    }

    private String secret(String name, String value) {
        Path file = directory.resolve(name);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "${file:" + file + "}";
    }

    private void write(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
