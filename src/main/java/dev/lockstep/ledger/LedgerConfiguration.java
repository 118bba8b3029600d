package dev.lockstep.ledger;

import dev.lockstep.port.Arrangements;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Checks;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Drills;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.MissedAges;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.Quarantine;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.port.RunVersions;
import dev.lockstep.port.SchemaReadings;
import dev.lockstep.port.SecretIds;
import dev.lockstep.port.Sightings;
import dev.lockstep.port.TargetRates;
import dev.lockstep.port.TaskNotices;
import dev.lockstep.port.VersionChanges;
import dev.lockstep.port.Versions;
import dev.lockstep.port.Waves;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
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
    Inventory inventory(JdbcClient jdbc, Transactions transactions) {
        return new JdbcInventory(jdbc, transactions);
    }

    @Bean
    Versions versions(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcVersions(jdbc, transactions, clock);
    }

    @Bean
    RowLock rowLock(NamedParameterJdbcOperations named) {
        return Objects.requireNonNull(named.getJdbcOperations()
                .execute((ConnectionCallback<RowLock>) connection -> RowLock.on(connection.getMetaData())));
    }

    @Bean
    Operations operations(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Transactions transactions,
            Clock clock,
            RowLock lock) {
        DueOperations due = new DueOperations(jdbc, batches, transactions, clock, lock);
        return new JdbcOperations(jdbc, transactions, clock, due);
    }

    @Bean
    Dispatch dispatch(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcDispatch(jdbc, transactions, clock);
    }

    @Bean
    RunVersions runVersions(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcRunVersions(jdbc, transactions, clock);
    }

    @Bean
    RolloutRecords rolloutRecords(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcRolloutRecords(jdbc, transactions, clock);
    }

    @Bean
    MigrationRecords migrationRecords(JdbcClient jdbc, Clock clock) {
        return new JdbcMigrationRecords(jdbc, clock);
    }

    @Bean
    Attempts attempts(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail trail) {
        return new JdbcAttempts(jdbc, transactions, clock, new AttemptAudit(trail));
    }

    @Bean
    Waves waves(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcWaves(jdbc, transactions, clock);
    }

    @Bean
    Incidents incidents(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcIncidents(jdbc, transactions, clock);
    }

    @Bean
    IncidentQueue incidentQueue(JdbcClient jdbc, Transactions transactions) {
        return new JdbcIncidentQueue(jdbc, transactions);
    }

    @Bean
    Consumers consumers(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcConsumers(jdbc, transactions, clock);
    }

    @Bean
    Breakers breakers(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail trail) {
        return new JdbcBreakers(jdbc, transactions, clock, trail);
    }

    @Bean
    MissedAges missedAges(JdbcClient jdbc) {
        return new JdbcMissedAges(jdbc);
    }

    @Bean
    TargetRates targetRates(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcTargetRates(jdbc, transactions, clock);
    }

    @Bean
    TaskNotices taskNotices(JdbcClient jdbc, Clock clock) {
        return new JdbcTaskNotices(jdbc, clock);
    }

    @Bean
    Checks checks(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcChecks(jdbc, transactions, clock);
    }

    @Bean
    Sightings sightings(JdbcClient jdbc, Transactions transactions, Clock clock, AuditTrail trail) {
        return new JdbcSightings(jdbc, transactions, clock, trail);
    }

    @Bean
    VersionChanges versionChanges(JdbcClient jdbc, Transactions transactions) {
        return new JdbcVersionChanges(jdbc, transactions);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcOutbox(jdbc, transactions, clock);
    }

    @Bean
    Definitions definitions(JdbcClient jdbc, Transactions transactions) {
        return new JdbcDefinitions(jdbc, transactions);
    }

    @Bean
    Quarantine quarantine(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcQuarantine(jdbc, transactions, clock);
    }

    @Bean
    Arrangements arrangements(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcArrangements(jdbc, transactions, clock);
    }

    @Bean
    Batches batches(JdbcClient jdbc, Clock clock) {
        return new JdbcBatches(jdbc, clock);
    }

    @Bean
    Drills drills(
            JdbcClient jdbc, Transactions transactions, Clock clock, @Value("${spring.datasource.url:}") String url) {
        return new JdbcDrills(jdbc, transactions, clock, !url.startsWith("jdbc:h2:"));
    }

    @Bean
    ConfigurationRecords configurationRecords(
            JdbcClient jdbc, Transactions transactions, AuditTrail trail, Clock clock) {
        return new JdbcConfigurationRecords(jdbc, transactions, trail, clock);
    }

    @Bean
    ReaderTokens readerTokens(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcReaderTokens(jdbc, transactions, clock);
    }

    @Bean
    SecretIds secretIds(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcSecretIds(jdbc, transactions, clock);
    }

    @Bean
    SchemaReadings schemaReadings(JdbcClient jdbc, Transactions transactions, Clock clock) {
        return new JdbcSchemaReadings(jdbc, transactions, clock);
    }

    @Bean
    Readings readings(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            Transactions transactions,
            AuditTrail audit,
            Clock clock) {
        return new JdbcReadings(jdbc, batches, transactions, audit, clock);
    }
}
