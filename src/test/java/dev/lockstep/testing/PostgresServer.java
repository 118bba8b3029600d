package dev.lockstep.testing;

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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: passwords are checked with SCRAM for everybody, and writes are durable.
 *
 * <p>One server is shared by the whole test run; each test takes a database and roles of its own.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";
    private static final String SUPERUSER_PASSWORD = "superuser-of-the-tests";
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    /** The server of this JVM; stops with it. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Starts a server of one's own, for tests that stop it. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** Starts a server of one's own with further settings. */
    public static PostgresServer start(Map<String, String> settings) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "500")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on");
            settings.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            requirePasswords(server);
            return new PostgresServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requirePasswords(EmbeddedPostgres server) throws IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + SUPERUSER_PASSWORD + "'");
            Path rules;
            try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                rules = Path.of(row.getString(1));
            }
            Files.writeString(rules, """
                    local all all scram-sha-256
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all ::1/128 scram-sha-256
                    """);
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException("the test server could not be set up", e);
        }
        awaitRefusal(server.getPort());
    }

    /** The reload is asynchronous: waits until a wrong password is refused. */
    private static void awaitRefusal(int port) {
        for (int i = 0; i < 100; i++) {
            try (Connection ignored = DriverManager.getConnection(url(port, "postgres"), SUPERUSER, "wrong")) {
                Thread.sleep(50);
            } catch (SQLException refused) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("the test server accepts wrong passwords");
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /** The port on the loop-back address. */
    public int port() {
        return server.getPort();
    }

    /** JDBC address of one of its databases. */
    public String url(String database) {
        return url(port(), database);
    }

    /** The superuser's name. */
    public String superuser() {
        return SUPERUSER;
    }

    /** The superuser's password, for this JVM's throw-away server only. */
    public String superuserPassword() {
        return SUPERUSER_PASSWORD;
    }

    /** A connection with every right; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, SUPERUSER_PASSWORD);
    }

    /** A connection as somebody; the caller closes it. */
    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(url(database), user, password);
    }

    /** Whether the password logs in. Anything but a refused login is an error. */
    public boolean logsIn(String database, String user, String password) {
        try (Connection connection = connect(database, user, password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("28")) {
                return false;
            }
            throw new IllegalStateException("not an answer about the password: " + state, e);
        }
    }

    /** Runs statements as superuser. */
    public void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates an empty database with a fresh name and returns the name. */
    public String createDatabase(String prefix) {
        String name = unique(prefix);
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** A name that no other test of this JVM uses, usable as role or database name without quotes. */
    public String unique(String prefix) {
        return prefix.toLowerCase(Locale.ROOT) + "_" + NAMES.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
