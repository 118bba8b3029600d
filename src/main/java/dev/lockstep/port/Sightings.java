package dev.lockstep.port;

import dev.lockstep.domain.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts at targets that no credential has. Writes join the caller's transaction; what people decide goes into the
 * audit trail with them.
 */
public interface Sightings {

    /** Makes exactly these the accounts of the target that nobody manages, and notes that they were listed now. */
    void saw(String target, Collection<Principal> unmanaged);

    /** When the accounts of a target were last listed; empty when never. */
    Optional<Instant> listedAt(String target);

    /** All of them, in the order of target and name. */
    List<Sighting> list();

    /** One of them; empty when there is none of this name. */
    Optional<Sighting> find(String target, String principal);

    /** Notes that an account is meant to be as it is. Returns false when there is none of this name. */
    boolean ignore(String target, String principal, String by, String reason);

    /** Takes that back. Returns false when the account was not ignored. */
    boolean heed(String target, String principal, String by);

    /**
     * An account that no credential has.
     *
     * @param lastLogin null when the target does not tell
     * @param ignoredAt since when it is meant to be as it is; null when nobody has said so
     */
    record Sighting(
            String target,
            String principal,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable Instant lastLogin,
            @Nullable Instant ignoredAt,
            @Nullable String ignoredBy,
            @Nullable String reason) {}
}
