package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.PostgresServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An administrator who is no superuser, and the roles it looks after. */
final class Fixture {

    private static final String ADMIN_PASSWORD = "canary-of-the-administrator";

    final PostgresServer server;
    final String admin;

    private Fixture(PostgresServer server, String admin) {
        this.server = server;
        this.admin = admin;
    }

    /** With what the documentation asks for: CREATEROLE, and pg_signal_backend to end sessions. */
    static Fixture on(PostgresServer server) {
        String admin = server.unique("admin");
        server.execute(
                "postgres",
                "CREATE ROLE " + admin + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'",
                "GRANT pg_signal_backend TO " + admin);
        return new Fixture(server, admin);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    Endpoint endpoint(InetSocketAddress address) {
        return endpoint(address, Map.of());
    }

    Endpoint endpoint(InetSocketAddress address, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "host",
                address.getAddress().getHostAddress(),
                "port",
                Integer.toString(address.getPort()),
                "admin",
                admin,
                "password",
                ADMIN_PASSWORD,
                "connect-timeout",
                "PT0.5S",
                "call-timeout",
                "PT1S"));
        settings.putAll(more);
        return new Endpoint("orders-db", "postgresql", settings);
    }

    Target target() {
        return target(Map.of());
    }

    /** All calls are also those of {@link Target.Disables}. */
    Target target(Map<String, String> more) {
        return new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED).open(endpoint(address(), more));
    }

    Target.Disables switching() {
        return (Target.Disables) target();
    }

    /** A role that the administrator looks after. */
    Account role(String role, SecretValue initial) {
        unmanagedRole(role, initial);
        server.execute(
                "postgres",
                "GRANT " + Quoting.identifier(role) + " TO " + admin + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        return account(role);
    }

    /** A role over which the administrator has no right. */
    Account unmanagedRole(String role, SecretValue initial) {
        server.execute(
                "postgres",
                "CREATE ROLE " + Quoting.identifier(role) + " LOGIN PASSWORD " + Quoting.literal(text(initial)));
        return account(role);
    }

    Account account(String role) {
        return account(role, Map.of());
    }

    Account account(String role, Map<String, String> settings) {
        return new Account(CredentialName.of("test/shop/postgres/orders-app"), role, Optional.empty(), settings);
    }

    Account twin(String role, Account original) {
        return new Account(original.credential(), role, Optional.of(original.principal()), original.settings());
    }

    boolean logsIn(Account account, SecretValue secret) {
        return server.logsIn("postgres", account.principal(), text(secret));
    }

    Connection connect(String database, Account account, SecretValue secret) throws SQLException {
        return server.connect(database, account.principal(), text(secret));
    }

    /** The first value of the first row, as superuser. */
    String value(String database, String sql) {
        try (Connection connection = server.connect(database)) {
            return value(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "no row";
        }
    }

    static String text(SecretValue secret) {
        return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
