package dev.lockstep.designer;

import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Accounts at a real PostgreSQL, and the configuration that tells Lockstep of them. */
final class Shop {

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final Path directory;
    private final String administrator = SERVER.unique("designer_admin");

    Shop(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates a role for each name and configures it as {@code test/shop/pg/<name>}, in place, with an hour of grace.
     */
    void open(DynamicPropertyRegistry registry, String... names) {
        SERVER.execute(
                "postgres", "CREATE ROLE " + administrator + " LOGIN CREATEROLE PASSWORD 'the-administrators-own'");
        write("config/house.yaml", """
                kind: Policy
                name: shop
                rotate: on-demand
                strategy: in-place
                secret: {type: password, length: 40, classes: [lower, upper, digit]}
                grace: {at-most: PT1H, laggards: retire-anyway}
                retries: {attempts: 2, backoff: [PT1S]}
                ---
                kind: Target
                name: pg
                type: postgresql
                settings: {host: localhost, port: %d, database: postgres, admin: %s, password: "%s"}
                ---
                kind: Store
                name: main
                type: embedded
                """.formatted(
                        SERVER.port(), administrator, secret("admin", "the-administrators-own")));
        write(
                "config/credentials.yaml",
                Arrays.stream(names).map(this::credential).collect(Collectors.joining("---\n")));
        registry.add("lockstep.config-dir", () -> directory.resolve("config").toString());
        registry.add("lockstep.data-dir", () -> directory.resolve("data").toString());
    }

    private String credential(String name) {
        String role = SERVER.unique("designer_" + name);
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'in-use-before'",
                "GRANT " + role + " TO " + administrator + " WITH ADMIN OPTION");
        return """
                kind: Credential
                name: test/shop/pg/%s
                owner: shop
                class: database-user
                target: pg
                store: main
                principal: %s
                policy: shop
                consumers: [web]
                initial: "%s"
                """.formatted(name, role, secret(name, "in-use-before"));
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
