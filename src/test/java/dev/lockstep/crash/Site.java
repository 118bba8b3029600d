package dev.lockstep.crash;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A PostgreSQL server that is both Lockstep's database and the target: an administrator who is no superuser, and a role
 * for each trial. The server itself does not die here, so its commits need not wait for the disk.
 */
final class Site implements AutoCloseable {

    private static final String ADMIN_PASSWORD = "canary-of-the-administrator";

    private final PostgresServer server = PostgresServer.shared();
    private final String database = server.createDatabase("crash");
    private final String admin = server.unique("crash_admin");
    private final Path data;
    private final SingleConnectionDataSource connection;

    Site(Path data) {
        this.data = data;
        server.execute(
                "postgres",
                "ALTER DATABASE " + database + " SET synchronous_commit = off",
                "SET scram_iterations = 64",
                "CREATE ROLE " + admin + " LOGIN CREATEROLE PASSWORD '" + ADMIN_PASSWORD + "'",
                "GRANT pg_signal_backend TO " + admin);
        try {
            this.connection = new SingleConnectionDataSource(server.connect(database), true);
            sql().sql("SET scram_iterations = 64").update();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a node needs to know, with a data directory of its own. */
    Map<String, Object> settings(String node) {
        return Map.of(
                "spring.datasource.url", server.url(database),
                "spring.datasource.username", server.superuser(),
                "spring.datasource.password", server.superuserPassword(),
                "lockstep.data-dir", data.resolve(node).toString(),
                "crash.target.port", Integer.toString(server.port()),
                "crash.target.admin", admin,
                "crash.target.password", ADMIN_PASSWORD);
    }

    /** Sees what is committed, whatever the node is doing. */
    JdbcClient sql() {
        return JdbcClient.create(connection);
    }

    /** Makes a role that the administrator looks after. */
    void role(String role, String password) {
        sql().sql("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'").update();
        sql().sql("GRANT " + role + " TO " + admin + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
                .update();
    }

    boolean logsIn(String role, SecretValue secret) {
        return server.logsIn(database, role, secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    /** Differs after every {@code ALTER ROLE}, and is 0 as long as there is no such role. */
    long change(String role) {
        return sql().sql("SELECT xmin::text::bigint FROM pg_authid WHERE rolname = :role")
                .param("role", role)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    String database() {
        return database;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
