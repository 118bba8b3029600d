package dev.lockstep.access;

import dev.lockstep.port.AccessAnswers;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.People;
import dev.lockstep.port.Permits;
import dev.lockstep.port.Sealing;
import dev.lockstep.port.SecondFactors;
import dev.lockstep.port.Sessions;
import dev.lockstep.port.Sight;
import dev.lockstep.port.TokenLogins;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires users, their administration and the check of passwords. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionRules.class, PasswordRule.class, StepUpRules.class, LoginRateRules.class})
class AccessConfiguration {

    @Bean
    AccessUsers accessUsers(JdbcClient jdbc) {
        return new AccessUsers(jdbc);
    }

    @Bean
    AccessSessions accessSessions(JdbcClient jdbc, SessionRules rules, Clock clock) {
        return new AccessSessions(jdbc, rules, clock);
    }

    @Bean
    FreshFactor freshFactor(StepUpRules rules, Clock clock) {
        return new FreshFactor(rules, clock);
    }

    @Bean
    Sessions sessions(AccessSessions sessions, AuditTrail trail, TransactionTemplate transaction) {
        return new KnownSessions(sessions, trail, transaction);
    }

    @Bean
    Permits permits(FreshFactor factors) {
        return new PermitsAtDesk(factors);
    }

    @Bean
    Sight sight() {
        return new SightOfRoles();
    }

    @Bean
    AccessAnswers accessAnswers(AccessUsers users, StepUpRules rules) {
        return new AnswersByRule(users, rules);
    }

    @Bean
    SecondFactors secondFactors(
            JdbcClient jdbc,
            AccessUsers users,
            LoginFailures failures,
            Sealing sealing,
            StepUpRules rules,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        FactorRows rows = new FactorRows(jdbc, clock);
        return new LocalFactors(rows, users, failures, sealing, rules, trail, transaction, clock);
    }

    @Bean
    LoginFailures loginFailures(JdbcClient jdbc, Clock clock) {
        return new LoginFailures(jdbc, clock);
    }

    @Bean
    LoginRecord loginRecord(AuditTrail trail, Clock clock) {
        return new LoginRecord(trail, clock);
    }

    @Bean
    LoginGuard loginGuard(
            LoginRateRules rules,
            LoginRecord logins,
            TransactionTemplate transaction,
            MeterRegistry registry,
            Clock clock) {
        return new LoginGuard(new LoginRate(rules, clock), logins, transaction, registry);
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
            PasswordRule rule,
            LoginRecord logins,
            LoginGuard guard,
            TransactionTemplate transaction,
            Clock clock) {
        return new PasswordLogin(users, failures, passwords, rule, logins, guard, transaction, clock);
    }

    @Bean
    TokenLogins tokenLogins(
            AuthenticationProvider passwordLogin,
            SecondFactors factors,
            LoginGuard guard,
            AccessSessions sessions,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        return new PersonalTokens(passwordLogin, factors, guard, sessions, trail, transaction, clock);
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
