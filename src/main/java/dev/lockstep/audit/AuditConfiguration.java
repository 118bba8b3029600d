package dev.lockstep.audit;

import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditTrail;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the audit trail together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {

    @Bean
    AuditTrail auditTrail(NamedParameterJdbcOperations jdbc, PlatformTransactionManager transactions, Clock clock) {
        return new JdbcAuditTrail(jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Chain auditChain(JdbcClient jdbc) {
        return new Chain(jdbc);
    }

    @Bean
    SigningKey auditSigningKey(AuditProperties settings, @Value("${lockstep.data-dir}") Path dataDirectory) {
        return SigningKey.at(settings.signingKeyOr(dataDirectory));
    }

    @Bean
    CheckpointFile auditCheckpointFile(AuditProperties settings, @Value("${lockstep.data-dir}") Path dataDirectory) {
        return new CheckpointFile(settings.checkpointFileOr(dataDirectory));
    }

    @Bean
    CheckpointTable auditCheckpointTable(JdbcClient jdbc, DataSource database) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getDatabaseProductName);
        return new CheckpointTable(jdbc, product.equals("H2"));
    }

    @Bean
    TrustedKeys auditTrustedKeys(SigningKey key, AuditProperties settings) {
        return new TrustedKeys(
                key.publicKey(),
                settings.trustedKeys().stream().map(VerificationKey::read).toList());
    }

    @Bean
    Archives auditArchives(JdbcClient jdbc, TrustedKeys keys) {
        return new Archives(jdbc, keys);
    }

    @Bean
    AuditReview auditReview(
            JdbcClient jdbc,
            Chain chain,
            Archives archives,
            CheckpointFile file,
            CheckpointTable table,
            TrustedKeys keys,
            Clock clock) {
        AuditVerification verification = new AuditVerification(chain, archives, file, table, keys, clock);
        return new JdbcAuditReview(jdbc, archives, verification);
    }

    @Bean
    SealingState auditSealingState(Clock clock) {
        return new SealingState(clock);
    }

    @Bean
    AuditMetrics auditMetrics(SealingState state) {
        return new AuditMetrics(state);
    }

    @Bean
    Sealer auditSealer(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            PlatformTransactionManager transactions,
            Chain chain,
            AuditProperties settings) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        return new Sealer(jdbc, batches, transaction, chain, settings.sealingBatch());
    }

    @Bean
    Checkpointer auditCheckpointer(
            CheckpointFile file, CheckpointTable table, SigningKey key, AuditProperties settings, Clock clock) {
        return new Checkpointer(file, table, key, clock, settings.checkpointInterval(), settings.checkpointEntries());
    }

    @Bean
    SealingSchedule auditSealing(
            Sealer sealer,
            Chain chain,
            Archives archives,
            Checkpointer checkpointer,
            SealingState state,
            AuditProperties settings,
            Clock clock) {
        Continuity continuity = new Continuity(chain, archives, checkpointer);
        return new SealingSchedule(
                new SealingRun(sealer, chain, continuity, checkpointer, state, clock), settings.sealingInterval());
    }
}
