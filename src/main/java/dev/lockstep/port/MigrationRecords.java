package dev.lockstep.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger's record of migrations. Writes join the caller's transaction. */
public interface MigrationRecords {

    /** Adds a planned migration and returns its number. */
    long add(String process, String from, String to, Map<String, String> mappings, int total, String by);

    /** One migration; empty when unknown. */
    Optional<Migrations.Migration> find(long id);

    /** Those of a process, newest first, at most 100. */
    List<Migrations.Migration> of(String process);

    /** Notes that instances are being moved. Returns false, changing nothing, when the migration is done. */
    boolean begin(long id);

    /** Counts one more instance that was moved. */
    void moved(long id);

    /** Notes the end, with what was left. */
    void done(long id, List<String> problems);
}
