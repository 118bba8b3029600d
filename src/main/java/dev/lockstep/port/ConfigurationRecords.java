package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configurations and plans in the ledger, which all nodes share. */
public interface ConfigurationRecords {

    /** What is in force; empty before anything was applied. */
    Optional<Applied> inForce();

    /** What was applied, newest first. */
    List<Applied> history(int most);

    /** What was applied and is not settled yet, oldest first. */
    List<Unsettled> unsettled();

    /** Takes active credentials that left the configuration off the schedule, each audited. */
    void leave(List<CredentialName> credentials);

    /** Sets other due times of active credentials, where they are still what they were. */
    void move(List<Move> moves);

    /** Notes that the ledger follows a configuration. */
    void settled(long id);

    /** Keeps bytes under their digest, on its own; does nothing when they are there. */
    void keep(String digest, byte[] bytes);

    /** What was kept under a digest; empty when it is not there any more. */
    Optional<byte[]> content(String digest);

    /** Notes a plan, on its own; does nothing when it is there. */
    void plan(PlanRow plan);

    /** Digest of what is kept of a plan; empty when unknown. */
    Optional<String> planned(String id);

    /**
     * Puts a configuration in force, audited, on its own: both or nothing. Returns empty, changing nothing, when
     * something else than {@code former} is in force.
     */
    Optional<Applied> apply(Request request);

    /** Forgets plans made before a moment, and contents that neither a plan nor the newest configurations need. */
    void prune(Instant plansBefore, int newest);

    /**
     * A plan for its row.
     *
     * @param content under which it is kept
     */
    record PlanRow(String id, String candidate, String content, String by, Instant at) {}

    /**
     * What to put in force.
     *
     * @param former digest of what has to be in force; null when nothing may be
     * @param plan null for the first configuration
     */
    record Request(
            String digest,
            @Nullable String former,
            @Nullable String plan,
            String origin,
            @Nullable String commit,
            String by,
            Summary summary) {}

    /** Another due time. */
    record Move(
            CredentialName credential,
            @Nullable Instant before,
            @Nullable Instant after) {}

    /**
     * Something that the ledger does not follow yet.
     *
     * @param former digest of what was in force before; null when nothing was
     */
    record Unsettled(long id, String digest, @Nullable String former) {}
}
