package dev.lockstep.audit;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditTrail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves what is older than the retention out of the database into signed files. Entries go only when the trail
 * verifies, the file was read back, and its record is committed; a crash in between leaves entries that are removed at
 * the next turn, never a gap.
 */
final class Archiver implements Runnable, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);

    private static final String LOCK = "SELECT id FROM audit_archiver WHERE id = 1 FOR UPDATE SKIP LOCKED";

    private final Rule rule;
    private final ArchiveFolder folder;
    private final Archives archives;
    private final ArchivedEntries archived;
    private final Chain chain;
    private final AuditReview review;
    private final AuditTrail trail;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;
    private volatile boolean failing;

    /**
     * When entries go.
     *
     * @param retention how long an entry stays
     * @param interval a file is begun when an entry has been due for so long, so that one file takes what belongs to it
     * @param limit the last position that may go, for whatever else needs the entries
     */
    record Rule(Duration retention, Duration interval, LongSupplier limit) {}

    Archiver(
            Rule rule,
            ArchiveFolder folder,
            Archives archives,
            ArchivedEntries archived,
            Chain chain,
            AuditReview review,
            AuditTrail trail,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.rule = rule;
        this.folder = folder;
        this.archives = archives;
        this.archived = archived;
        this.chain = chain;
        this.review = review;
        this.trail = trail;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** One turn; never throws. A failure is logged once, and so is recovery. */
    @Override
    public void run() {
        try {
            turn();
            if (failing) {
                LOG.info("The audit trail is being archived again");
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.error("The audit trail cannot be archived; nothing was removed from it: {}", failure.toString());
            }
            failing = true;
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("lockstep.audit.archive.failing", this, archiver -> archiver.failing ? 1 : 0)
                .description("1 while the audit trail cannot be archived")
                .register(registry);
    }

    private void turn() {
        boolean verified = false;
        archived.remove(archives.base());
        while (archiveNext(verified)) {
            verified = true;
            archived.remove(archives.base());
        }
    }

    /** @param verified in this turn, which is enough for all its files: each recomputes what it takes */
    private boolean archiveNext(boolean verified) {
        return Boolean.TRUE.equals(transaction.execute(status -> locked() && archive(verified)));
    }

    private boolean locked() {
        return jdbc.sql(LOCK).query(Integer.class).optional().isPresent();
    }

    private boolean archive(boolean verified) {
        Head base = archives.base();
        Instant cutoff = clock.instant().minus(rule.retention());
        long last = Math.min(rule.limit().getAsLong(), chain.head().position() - 1);
        if (last <= base.position() || !due(base, cutoff.minus(rule.interval()))) {
            return false;
        }
        if (!verified && !review.verify().intact()) {
            throw new IllegalStateException("the trail is not intact: verify it");
        }
        try {
            Archive archive = folder.write(base, last, cutoff).signed(clock.instant(), folder.key());
            archives.insert(archive);
            trail.append(event(archive));
            LOG.info("Audit entries {} to {} are archived in {}", archive.first(), archive.position(), archive.file());
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean due(Head base, Instant before) {
        return chain.page(base.position(), 1).stream()
                .flatMap(link -> Optional.ofNullable(link.event()).stream())
                .anyMatch(event -> event.recordedAt().isBefore(before));
    }

    private static AuditEvent event(Archive archive) {
        return new AuditEvent(
                "lockstep",
                "audit.archived",
                AuditEvent.Phase.FACT,
                archive.file(),
                null,
                Map.of(
                        "first", Long.toString(archive.first()),
                        "last", Long.toString(archive.position()),
                        "sha256", archive.sha256()));
    }
}
