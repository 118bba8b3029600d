package dev.lockstep.port;

import dev.lockstep.domain.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the audit trail. */
public interface AuditReview {

    /**
     * Recomputes the whole chain and compares it with the signed checkpoints. Reads every entry: seconds per million.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when the trail cannot be read
     */
    Verdict verify();

    /**
     * Entries, newest first.
     *
     * @param filter which entries
     * @param before only entries with a smaller id, for the next page; null for the newest
     * @param limit at most 1,000
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when the trail cannot be read
     */
    List<Entry> entries(Filter filter, @Nullable Long before, int limit);

    /**
     * What was moved out of the database into signed files, newest first.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when the trail cannot be read
     */
    List<Archived> archives();

    /**
     * Entries that stand in a file and no longer in the database.
     *
     * @param first position of the first one
     * @param last position of the last one
     * @param recordedUntil when the latest of them was recorded
     * @param file its name in the folder of archives
     * @param sha256 of the file, in lower-case hex
     */
    record Archived(long first, long last, Instant recordedUntil, String file, String sha256, Instant archivedAt) {}

    /**
     * Narrows the entries; null leaves a field open.
     *
     * @param subject exactly this subject, for example a credential name
     * @param operation exactly this operation
     * @param reach with a limit, only entries whose subject is a credential within it
     */
    record Filter(@Nullable String subject, @Nullable Long operation, Reach reach) {

        /** Every entry. */
        public static final Filter ALL = new Filter(null, null);

        /** Without a limit. */
        public Filter(@Nullable String subject, @Nullable Long operation) {
            this(subject, operation, Reach.WHOLE);
        }

        /** The entries of one subject. */
        public static Filter subject(String subject) {
            return new Filter(subject, null);
        }

        /** The entries of one operation. */
        public static Filter operation(long operation) {
            return new Filter(null, operation);
        }
    }

    /**
     * One entry of the trail.
     *
     * @param id grows with recording; the key for paging
     * @param phase {@code INTENT}, {@code OUTCOME} or {@code FACT}
     * @param position place in the chain; null while the entry waits for its seal
     * @param hash of the entry and everything before it; null while the entry waits for its seal
     */
    record Entry(
            long id,
            Instant recordedAt,
            String actor,
            String action,
            String phase,
            String subject,
            @Nullable Long operation,
            Map<String, String> details,
            @Nullable Long position,
            @Nullable String hash) {}

    /**
     * What verification found.
     *
     * @param intact whether nothing is wrong
     * @param position the last position of the chain; 0 when nothing is sealed yet
     * @param hash the hash at that position, worth noting down elsewhere
     * @param archived the last position that is in an archive and no longer in the database; 0 when none is
     * @param pending events that wait for their seal
     * @param lag age of the oldest of them; zero when none waits
     * @param checkpoints valid signed checkpoints in the file of this node
     * @param checkpointPosition up to where they reach; entries after it could be cut unseen
     * @param foreignCheckpoints checkpoints in the database whose key is not trusted here; they prove nothing
     * @param firstBad the first thing that is wrong; null when intact
     */
    record Verdict(
            boolean intact,
            long position,
            String hash,
            long archived,
            long pending,
            Duration lag,
            long checkpoints,
            long checkpointPosition,
            long foreignCheckpoints,
            @Nullable Finding firstBad,
            Instant verifiedAt) {}

    /**
     * Something that is wrong with the trail.
     *
     * @param position the first entry that can no longer be trusted; null when it has none
     * @param through the last entry of the range in which the change lies; equal to {@code position} when it is exact
     * @param event the event's id; null when it is not known any more
     * @param explanation one sentence for people
     */
    record Finding(
            Problem problem,
            @Nullable Long position,
            @Nullable Long through,
            @Nullable Long event,
            String explanation) {}

    /** Kinds of tampering. */
    enum Problem {
        /** The entry does not match its hash. */
        EDITED,
        /** The entry is gone. */
        DELETED,
        /** The entry was put between two others. */
        INSERTED,
        /** The entry stands where another one belongs. */
        SWAPPED,
        /** The event is neither sealed nor waiting for it. */
        WITHOUT_SEAL,
        /** A checkpoint attests entries after the end of the chain. */
        CUT,
        /** A checkpoint attests another history than the chain tells. */
        FORKED,
        /** A checkpoint was edited, removed, moved or signed by somebody else. */
        CHECKPOINT_INVALID,
        /** The database knows of later checkpoints than the file. */
        CHECKPOINTS_CUT,
        /** The record of an archive was edited, removed or signed by somebody else. */
        ARCHIVE_INVALID;

        /** Lower-case name for the API, for example {@code without-seal}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
