package dev.lockstep.access;

import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.People;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires users, their administration and the check of passwords. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessUsers accessUsers(JdbcClient jdbc) {
        return new AccessUsers(jdbc);
    }

    @Bean
    LoginFailures loginFailures(JdbcClient jdbc, Clock clock) {
        return new LoginFailures(jdbc, clock);
    }

    @Bean
    Passwords passwords(Clock clock) {
        return new Passwords(clock);
    }

    @Bean
    AuthenticationProvider passwordLogin(
            AccessUsers users,
            LoginFailures failures,
            Passwords passwords,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        return new PasswordLogin(users, failures, passwords, new LoginRecord(trail, clock), transaction, clock);
    }

    @Bean
    UserAdministration userAdministration(
            AccessUsers users,
            Passwords passwords,
            EngineDirectory engine,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        return new UserAdministration(users, passwords, engine, trail, transaction, clock);
    }

    @Bean
    RefusalRecord refusalRecord(AuditTrail trail, TransactionTemplate transaction, Clock clock) {
        return new RefusalRecord(trail, transaction, clock);
    }

    @Bean
    People people(AccessUsers users, UserAdministration administration, OwnPassword ownPassword, Clock clock) {
        return new KnownPeople(users, administration, ownPassword, clock);
    }

    @Bean
    OwnPassword ownPassword(
            AccessUsers users,
            LoginFailures failures,
            Passwords passwords,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        return new OwnPassword(users, failures, passwords, trail, transaction, clock);
    }

    @Bean
    InitialLogin initialLogin(
            AccessUsers users,
            UserAdministration administration,
            Passwords passwords,
            TransactionTemplate transaction,
            @Value("${lockstep.data-dir}") Path dataDir,
            @Value("${lockstep.access.print-initial-login:false}") boolean print) {
        InitialLoginFile file = new InitialLoginFile(dataDir);
        return new FirstAdministrator(users, administration, passwords, file, transaction).prepare(print);
    }

    /** After {@code initialLogin}, which may add a user. */
    @Bean
    EngineMirror engineMirror(
            InitialLogin initialLogin, AccessUsers users, EngineDirectory engine, TransactionTemplate transaction) {
        return new EngineMirror(users, engine, transaction);
    }
}
