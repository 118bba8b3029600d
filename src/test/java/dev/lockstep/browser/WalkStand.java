package dev.lockstep.browser;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** A real server with one account for each task that an operator may meet, and the configuration that manages them. */
final class WalkStand implements AutoCloseable {

    private static final String ADMIN_PASSWORD = "of-the-administrator";

    private static final String POLICIES = """
            kind: Policy
            name: plain
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            retries: {attempts: 1}
            on-failure: {retry-later: {times: 0}}
            issuance: {handover: task}
            decommission: {quarantine: PT0S, approval: never}
            ---
            kind: Policy
            name: approved
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            on-failure: {retry-later: {times: 0}}
            approval: {group: approvers, within: P1D}
            issuance: {handover: task}
            decommission: {quarantine: P7D, approval: always}
            ---
            kind: Policy
            name: without-rights
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            on-failure: {retry-later: {times: 0}}
            issuance: {grants: {member-of: [nobody_made_this_role]}}
            ---
            kind: Policy
            name: patient
            rotate: on-demand
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT0S}
            retries: {attempts: 15, backoff: [PT1S]}
            ---
            kind: Policy
            name: twins
            rotate: on-demand
            strategy: alternating
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: %s}
            on-failure: {retry-later: {times: 0}}
            ---
            """;

    private static final String TARGETS = """
            kind: Target
            name: pg
            type: postgresql
            settings: {host: localhost, port: %1$d, database: postgres, admin: %2$s, password: "%3$s"}
            ---
            kind: Target
            name: shaky
            type: postgresql
            breaker: {failures: 1, probe-every: PT5M, tell-after: PT1S}
            settings: {host: localhost, port: %4$d, database: postgres, admin: %2$s, password: "%3$s"}
            ---
            kind: Store
            name: main
            type: embedded
            """;

    private final PostgresServer server = PostgresServer.shared();
    private final FaultyProxy proxy = FaultyProxy.to(new InetSocketAddress("localhost", server.port()));
    private final String admin = server.unique("walk_admin");
    private final StringBuilder credentials = new StringBuilder();
    private final Path folder;

    static WalkStand make() {
        try {
            return new WalkStand(Files.createTempDirectory("operator-walk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WalkStand(Path folder) throws IOException {
        this.folder = folder;
        sql("CREATE ROLE " + admin + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'");
        sql("GRANT pg_signal_backend TO " + admin);
        managed("approve", "approved", "pg");
        managed("glass", "approved", "pg");
        managed("end", "approved", "pg");
        managed("legacy", "plain", "pg");
        managed("suspected", "plain", "pg");
        managed("leaked", "plain", "pg");
        managed("stubborn", "plain", "pg");
        managed("owner", "plain", "pg");
        managed("drifting", "plain", "pg");
        managed("sandbox", "patient", "pg");
        credentials.append("labels: {sandbox: \"true\"}\n");
        managed("offline", "patient", "shaky");
        twins("slow", "twins");
        twins("kept", "twins");
        sql("REVOKE " + role("legacy") + " FROM " + admin, "REVOKE " + role("stubborn") + " FROM " + admin);
        Path config = Files.createDirectories(config());
        Files.writeString(config.resolve("policies.yaml"), POLICIES.formatted("PT15S"));
        Files.writeString(
                config.resolve("targets.yaml"),
                TARGETS.formatted(
                        server.port(),
                        admin,
                        reference("admin", ADMIN_PASSWORD),
                        proxy.address().getPort()));
        Files.writeString(config.resolve("credentials.yaml"), credentials);
    }

    Path config() {
        return folder.resolve("config");
    }

    Path data() {
        return folder.resolve("data");
    }

    static CredentialName name(String what) {
        return CredentialName.of("test/walk/pg/" + what);
    }

    /** Each has its own: what is shared leaks together. */
    static String initial(String what) {
        return "in-use-until-now-by-" + what;
    }

    String role(String what) {
        return admin + "_" + what;
    }

    String admin() {
        return admin;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    boolean logsIn(String role, String password) {
        return server.logsIn("postgres", role, password);
    }

    void sql(String... statements) {
        server.execute("postgres", statements);
    }

    private void managed(String what, String policy, String target) throws IOException {
        account(role(what), initial(what));
        credentials.append("""
                ---
                kind: Credential
                name: %s
                owner: walkers
                class: database-user
                target: %s
                store: main
                principal: %s
                policy: %s
                initial: "%s"
                """.formatted(name(what), target, role(what), policy, reference(what, initial(what))));
    }

    private void twins(String what, String policy) throws IOException {
        for (String twin : List.of("_a", "_b")) {
            account(role(what) + twin, initial(what));
        }
        credentials.append("""
                ---
                kind: Credential
                name: %s
                owner: walkers
                class: database-user
                target: pg
                store: main
                principals: [%2$s_a, %2$s_b]
                policy: %3$s
                consumers: [web]
                initial: "%4$s"
                """.formatted(name(what), role(what), policy, reference(what, initial(what))));
    }

    private void account(String role, String password) {
        sql(
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'",
                "GRANT " + role + " TO " + admin + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
    }

    /** A file that only its owner may read, and how the configuration names it. */
    private String reference(String name, String value) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
        return "${file:" + file + "}";
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
