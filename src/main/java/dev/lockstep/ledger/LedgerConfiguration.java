package dev.lockstep.ledger;

import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts the ledger's ports on the application's one database. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    Transactions ledgerTransactions(PlatformTransactionManager manager) {
        return new Transactions(manager);
    }

    @Bean
    JdbcInventory inventory(JdbcClient jdbc, Transactions transactions) {
        return new JdbcInventory(jdbc, transactions);
    }

    @Bean
    JdbcVersions versions(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcVersions(jdbc, transactions, clock);
    }

    @Bean
    JdbcOperations operations(
            JdbcClient jdbc, NamedParameterJdbcOperations batches, Transactions transactions, Clock clock) {
        return new JdbcOperations(jdbc, transactions, clock, new OperationRequests(jdbc, batches, transactions, clock));
    }

    @Bean
    JdbcDispatch dispatch(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcDispatch(jdbc, transactions, clock);
    }

    @Bean
    JdbcAttempts attempts(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail trail) {
        return new JdbcAttempts(jdbc, transactions, clock, new AttemptAudit(trail));
    }

    @Bean
    JdbcConsumers consumers(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcConsumers(jdbc, transactions, clock);
    }
}
