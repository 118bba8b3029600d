package dev.lockstep.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL from Maven artifacts that checks every password and keeps its data between two starts. */
final class DemoServer {

    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_SECRET = "postgresql-superuser";

    private static final Logger log = LoggerFactory.getLogger(DemoServer.class);

    /** Embedded servers trust everybody; this one must not. */
    private static final String RULES = """
            local all all scram-sha-256
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private final int port;
    private final String password;

    private DemoServer(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Starts the server, which stops with this JVM. */
    static DemoServer start(DemoFiles files, int port) {
        String password = files.password(SUPERUSER_SECRET);
        try {
            log.info("Starting the demo's PostgreSQL on port {}", port);
            EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(files.path("postgresql"))
                    .setCleanDataDirectory(false)
                    .setConnectConfig("password", password)
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's PostgreSQL does not start on port " + port, e);
        }
        DemoServer server = new DemoServer(port, password);
        server.requirePasswords();
        return server;
    }

    /** The server that another JVM has started. */
    static DemoServer running(DemoFiles files, int port) {
        return new DemoServer(port, files.password(SUPERUSER_SECRET));
    }

    private void requirePasswords() {
        execute("postgres", "ALTER ROLE postgres PASSWORD '" + password + "'");
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            Files.writeString(Path.of(row.getString(1)), RULES);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the demo's PostgreSQL could not be told to check passwords", e);
        }
        execute("postgres", "SELECT pg_reload_conf()");
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + database, SUPERUSER, password);
    }

    void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's PostgreSQL refuses: SQLSTATE " + e.getSQLState(), e);
        }
    }

    boolean holds(String question) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next();
        } catch (SQLException e) {
            throw new IllegalStateException("the demo's PostgreSQL does not answer: SQLSTATE " + e.getSQLState(), e);
        }
    }

    int port() {
        return port;
    }
}
