package dev.lockstep.access;

import dev.lockstep.testing.PaperSealing;
import dev.lockstep.testing.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The package's objects on a database of their own, without a web server. */
final class AccessFixture {

    final SettableClock clock = new SettableClock();
    final RecordedTrail trail = new RecordedTrail();
    final RecordedDirectory directory = new RecordedDirectory();
    final Passwords passwords = new Passwords(clock);
    final TransactionTemplate transaction;
    final AccessUsers users;
    final UserAdministration administration;
    final OwnPassword ownPassword;
    final AccessSessions sessions;
    final LocalFactors factors;
    final PasswordLogin login;
    private final LoginFailures failures;

    private AccessFixture(DataSource database) {
        Flyway.configure().dataSource(database).load().migrate();
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        users = new AccessUsers(JdbcClient.create(database));
        LoginFailures failures = new LoginFailures(JdbcClient.create(database), clock);
        sessions = new AccessSessions(
                JdbcClient.create(database), new SessionRules(Duration.ofMinutes(30), Duration.ofHours(12)), clock);
        ownPassword = new OwnPassword(users, failures, passwords, trail, transaction, clock);
        administration = new UserAdministration(users, passwords, directory, trail, transaction, clock);
        this.failures = failures;
        factors = new LocalFactors(
                new FactorRows(JdbcClient.create(database), clock),
                users,
                failures,
                new PaperSealing(),
                new StepUpRules(Set.of(), Duration.ofMinutes(15), Set.of(), Set.of()),
                trail,
                transaction,
                clock);
        login = loginBy(new PasswordRule(true, Set.of()));
    }

    /** The check of passwords under a rule of who may have one. */
    PasswordLogin loginBy(PasswordRule rule) {
        LoginRecord logins = new LoginRecord(trail, clock);
        LoginRate rate = new LoginRate(new LoginRateRules(100, Duration.ofMinutes(10)), clock);
        LoginGuard guard = new LoginGuard(rate, logins, transaction, new SimpleMeterRegistry());
        return new PasswordLogin(users, failures, passwords, rule, logins, guard, transaction, clock);
    }

    /** Begins a session of a user. */
    String session(String user) {
        SignedInUser signedIn = SignedInUser.of(users.find(user).orElseThrow());
        return sessions.begin(signedIn, null, "192.0.2.1", "test", null);
    }

    static AccessFixture onH2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new AccessFixture(database);
    }

    static AccessFixture onPostgres() {
        PostgresServer server = PostgresServer.shared();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(server.url(server.createDatabase("access")));
        database.setUser(server.superuser());
        database.setPassword(server.superuserPassword());
        return new AccessFixture(database);
    }
}
