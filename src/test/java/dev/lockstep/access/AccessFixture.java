package dev.lockstep.access;

import dev.lockstep.testing.PostgresServer;
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
    final PasswordLogin login;

    private AccessFixture(DataSource database) {
        Flyway.configure().dataSource(database).load().migrate();
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        users = new AccessUsers(JdbcClient.create(database));
        LoginFailures failures = new LoginFailures(JdbcClient.create(database), clock);
        ownPassword = new OwnPassword(users, failures, passwords, trail, transaction, clock);
        administration = new UserAdministration(users, passwords, directory, trail, transaction, clock);
        login = new PasswordLogin(users, failures, passwords, new LoginRecord(trail, clock), transaction, clock);
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
