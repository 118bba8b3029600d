package dev.lockstep.port;

import dev.lockstep.domain.RunVersion;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Remembers on which version of its process each operation runs, from before its first step. */
public interface RunVersions {

    /** What was chosen for an operation; empty before its first run. */
    Optional<RunVersion> of(long operation);

    /** What was chosen for those operations that have had a run, by operation. */
    Map<Long, RunVersion> of(Collection<Long> operations);

    /**
     * Notes a choice, in a transaction of its own. Returns what stands from now on: an earlier choice is never changed,
     * so that every further try of the same run uses it.
     */
    RunVersion choose(RunVersion choice);

    /** Notes that the running instance of an operation was moved to another version, in the caller's transaction. */
    void move(long operation, String definition, String versionTag);
}
