package dev.lockstep.audit;

import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditTrail;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what archives the audit trail; there only with a retention. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("lockstep.audit.retention")
class ArchiveConfiguration {

    /** About 60 MB. */
    private static final int MOST_ENTRIES = 100_000;

    private static final Duration LOOK = Duration.ofHours(1);

    @Bean
    Archiver auditArchiver(
            AuditProperties settings,
            @Value("${lockstep.data-dir}") Path dataDirectory,
            Archives archives,
            Chain chain,
            Checkpointer checkpointer,
            SigningKey key,
            AuditReview review,
            AuditTrail trail,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        StreamedSoFar streamed = new StreamedSoFar(jdbc, settings.streams().keySet());
        LongSupplier limit =
                () -> Math.min(checkpointer.attested().map(Head::position).orElse(0L), streamed.position());
        return new Archiver(
                new Archiver.Rule(Objects.requireNonNull(settings.retention()), settings.archiveInterval(), limit),
                new ArchiveFolder(settings.archiveDirectoryOr(dataDirectory), chain, key, MOST_ENTRIES),
                archives,
                new ArchivedEntries(jdbc, transaction),
                chain,
                review,
                trail,
                jdbc,
                transaction,
                clock);
    }

    @Bean
    Turns auditArchiving(Archiver archiver, AuditProperties settings) {
        Duration interval = settings.archiveInterval();
        return new Turns("audit-archiver", List.of(archiver), interval.compareTo(LOOK) < 0 ? interval : LOOK);
    }
}
