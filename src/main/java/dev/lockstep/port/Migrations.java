package dev.lockstep.port;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves running instances of a process to another version of it: planned and checked first, carried out when somebody
 * confirms. Each plan, each move and each end is in the audit trail.
 *
 * <p>A method throws {@link dev.lockstep.domain.InvalidInput} when process, version, activity or migration is unknown
 * or the plan is not possible, and {@link dev.lockstep.domain.Conflict} when the migration is done.
 */
public interface Migrations {

    /**
     * Plans to move the instances of one version to another and tries it for each of them, without moving any.
     *
     * @param mappings activities that are called otherwise in the new version, from old to new; equal ones are found
     */
    Plan plan(String process, String from, String to, Map<String, String> mappings, String by);

    /** Begins to move the instances, one after the other; a migration that a lost node left half way goes on. */
    Migration confirm(String process, long id, String by);

    /** One migration. */
    Migration find(String process, long id);

    /** Those of a process, newest first, at most 100. */
    List<Migration> of(String process);

    /**
     * A planned migration.
     *
     * @param instructions which activity becomes which, old to new
     * @param misfits what would not fit, in sentences that name the instance
     */
    record Plan(Migration migration, Map<String, String> instructions, List<String> misfits) {}

    /**
     * A migration and its progress.
     *
     * @param total instances when it was planned
     * @param moved instances that run on the new version now
     * @param left instances that could not be moved and go on with the old version
     * @param problems why, in sentences that name the instance; empty when nothing was left
     */
    record Migration(
            long id,
            String process,
            String from,
            String to,
            Map<String, String> mappings,
            Status status,
            int total,
            int moved,
            int left,
            String problems,
            String plannedBy,
            Instant plannedAt,
            @Nullable Instant endedAt) {}

    /** Where a migration stands. */
    enum Status {
        PLANNED,
        RUNNING,
        DONE;

        /** Lower-case name for the API. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
