package dev.lockstep.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A fresh database with all migrations applied, on each kind that Lockstep supports. Waiting for a lock ends in an
 * error after a few seconds on both kinds, so that a deadlock fails a test instead of hanging it.
 */
public final class TestDatabase implements AutoCloseable {

    /** The kinds of database that Lockstep runs on. */
    public enum Kind {
        H2,
        POSTGRESQL
    }

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Kind kind;
    private final String name;
    private final HikariDataSource dataSource;
    private final PlatformTransactionManager transactions;

    private TestDatabase(Kind kind, String name, HikariDataSource dataSource) {
        this.kind = kind;
        this.name = name;
        this.dataSource = dataSource;
        this.transactions = new JdbcTransactionManager(dataSource);
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            String template = PostgresServer.shared().createDatabase("template");
            try (HikariDataSource dataSource = postgres(template, "")) {
                migrate(dataSource);
            }
            return template;
        }
    }

    /** Opens a fresh, migrated database; the caller closes it. */
    public static TestDatabase open(Kind kind) {
        return switch (kind) {
            case H2 -> openH2();
            case POSTGRESQL -> openPostgres("");
        };
    }

    /** A PostgreSQL that answers a commit before it is durable: for tests that commit very often and crash nothing. */
    public static TestDatabase openHasty() {
        return openPostgres(" -c synchronous_commit=off");
    }

    private static TestDatabase openH2() {
        String name = "ledger_" + NAMES.incrementAndGet();
        HikariDataSource dataSource = pool("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000", "sa", "");
        migrate(dataSource);
        return new TestDatabase(Kind.H2, name, dataSource);
    }

    private static TestDatabase openPostgres(String options) {
        PostgresServer server = PostgresServer.shared();
        String name = server.unique("ledger");
        server.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + Template.NAME);
        return new TestDatabase(Kind.POSTGRESQL, name, postgres(name, options));
    }

    private static HikariDataSource postgres(String database, String options) {
        PostgresServer server = PostgresServer.shared();
        String url = server.url(database) + "?options=" + ("-c lock_timeout=5000" + options).replace(" ", "%20");
        return pool(url, server.superuser(), server.superuserPassword());
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(24);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    private static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Opens one database after the other as a stream takes them, each made into what the test wants. */
    public static <T> Stream<T> each(Function<TestDatabase, T> make) {
        return Stream.of(Kind.values()).map(TestDatabase::open).map(make);
    }

    /** Which kind it is. */
    public Kind kind() {
        return kind;
    }

    /** A pool of connections. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Runs statements, in the transaction of {@link #transactions()} if one is open. */
    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** The one transaction manager that all parts of a test share. */
    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Closes the pool: from now on the application gets no connection. */
    public void disconnect() {
        dataSource.close();
    }

    @Override
    public void close() {
        dataSource.close();
        if (kind == Kind.H2) {
            shutDown();
        }
        if (kind == Kind.POSTGRESQL) {
            PostgresServer.shared().execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    /** Frees the memory of a database that lives on without connections. */
    private void shutDown() {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database did not shut down", e);
        }
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
