package dev.lockstep.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An audit trail on a database of its own, without a scheduler: tests take each turn by hand. */
final class AuditStand implements AutoCloseable {

    /** The databases that Lockstep supports. */
    enum Kind {
        H2,
        POSTGRESQL
    }

    static final String SUBJECT = "prod/shop/postgres/orders-app";

    final Kind kind;
    final String database;
    final Path directory;
    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00.123456Z"));
    final HikariDataSource dataSource;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final AuditTrail trail;
    final Chain chain;
    final Archives archives;
    final CheckpointFile file;
    final CheckpointTable table;
    final SigningKey key;
    final SealingState state;
    final Checkpointer checkpointer;

    private AuditStand(Kind kind, String database, Path directory, HikariDataSource dataSource) {
        this.kind = kind;
        this.database = database;
        this.directory = directory;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.trail = new JdbcAuditTrail(new NamedParameterJdbcTemplate(dataSource), transaction, clock);
        this.chain = new Chain(jdbc);
        this.file = new CheckpointFile(checkpoints());
        this.table = new CheckpointTable(jdbc, kind == Kind.H2);
        this.key = SigningKey.at(directory.resolve("audit-signing-key"));
        this.archives = new Archives(jdbc, keys());
        this.state = new SealingState(clock);
        this.checkpointer = new Checkpointer(file, table, key, clock, Duration.ofSeconds(60), 1000);
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            String template = PostgresServer.shared().createDatabase("audit_template");
            try (HikariDataSource dataSource = postgres(template)) {
                migrate(dataSource);
            }
            return template;
        }
    }

    static AuditStand open(Kind kind, Path directory) {
        return kind == Kind.H2 ? openH2(directory) : openPostgres(directory);
    }

    private static AuditStand openH2(Path directory) {
        String url = "jdbc:h2:file:" + directory.resolve("lockstep") + ";LOCK_TIMEOUT=5000";
        HikariDataSource dataSource = pool(url, "lockstep", "");
        migrate(dataSource);
        return new AuditStand(Kind.H2, "", directory, dataSource);
    }

    private static AuditStand openPostgres(Path directory) {
        PostgresServer server = PostgresServer.shared();
        String name = server.unique("audit");
        server.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + Template.NAME);
        return new AuditStand(Kind.POSTGRESQL, name, directory, postgres(name));
    }

    private static HikariDataSource postgres(String database) {
        PostgresServer server = PostgresServer.shared();
        String url = server.url(database) + "?options=-c%20lock_timeout=5000";
        return pool(url, server.superuser(), server.superuserPassword());
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(1);
        config.setMaximumPoolSize(16);
        return new HikariDataSource(config);
    }

    private static void migrate(HikariDataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** The same database and files as a new process would find them. */
    AuditStand restarted() {
        return new AuditStand(kind, database, directory, dataSource);
    }

    Path checkpoints() {
        return directory.resolve("audit-checkpoints.jsonl");
    }

    Sealer sealer(int batch) {
        return new Sealer(jdbc, new NamedParameterJdbcTemplate(dataSource), transaction, chain, batch);
    }

    SealingRun sealing() {
        return new SealingRun(
                sealer(500), chain, new Continuity(chain, archives, checkpointer), checkpointer, state, clock);
    }

    AuditReview review(VerificationKey... others) {
        TrustedKeys keys = keys(others);
        Archives known = new Archives(jdbc, keys);
        return new JdbcAuditReview(jdbc, known, new AuditVerification(chain, known, file, table, keys, clock));
    }

    private TrustedKeys keys(VerificationKey... others) {
        return new TrustedKeys(key.publicKey(), List.of(others));
    }

    AuditReview.Verdict verify() {
        return review().verify();
    }

    /** Appends events with the numbers from 1 in their details, and seals them. */
    void sealed(int events) {
        transaction.executeWithoutResult(status -> {
            for (int number = 1; number <= events; number++) {
                append(number);
            }
        });
        seal();
    }

    void append(int number) {
        trail.append(event(number));
    }

    void seal() {
        Sealer sealer = sealer(500);
        boolean more = true;
        while (more) {
            more = sealer.sealBatch();
        }
    }

    /**
     * What keeps entries for 30 days, in files for a day each.
     *
     * @param streams whose receivers must have an entry before it goes
     */
    Archiver archiver(ArchiveFolder folder, AuditTrail told, String... streams) {
        StreamedSoFar streamed = new StreamedSoFar(jdbc, Set.of(streams));
        LongSupplier limit =
                () -> Math.min(checkpointer.attested().map(Head::position).orElse(0L), streamed.position());
        return new Archiver(
                new Archiver.Rule(Duration.ofDays(30), Duration.ofDays(1), limit),
                folder,
                archives,
                new ArchivedEntries(jdbc, transaction),
                chain,
                review(),
                told,
                jdbc,
                transaction,
                clock);
    }

    Archiver archiver() {
        return archiver(folder(100_000), trail);
    }

    ArchiveFolder folder(int most) {
        return new ArchiveFolder(archive(), chain, key, most);
    }

    Path archive() {
        return directory.resolve("audit-archive");
    }

    void checkpoint() {
        checkpointer.checkpointNow(chain.head());
    }

    static AuditEvent event(int number) {
        return new AuditEvent(
                "lockstep",
                "target.apply",
                AuditEvent.Phase.INTENT,
                SUBJECT,
                17L,
                Map.of("number", Integer.toString(number), "principal", "orders_app"));
    }

    /** What somebody with every right in the database can do. */
    void tamper(String... statements) {
        boolean h2 = kind == Kind.H2;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(h2 ? "SET REFERENTIAL_INTEGRITY FALSE" : "SET session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute(h2 ? "SET REFERENTIAL_INTEGRITY TRUE" : "SET session_replication_role = origin");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
    }

    long eventAt(long position) {
        return jdbc.sql("SELECT event_id FROM audit_seal WHERE position = :position")
                .param("position", position)
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        dataSource.close();
        if (kind == Kind.POSTGRESQL) {
            PostgresServer.shared().execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        }
    }
}
