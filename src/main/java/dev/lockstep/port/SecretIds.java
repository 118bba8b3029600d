package dev.lockstep.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets that programs log in with; known by their hashes only. */
public interface SecretIds {

    /** Keeps a new one, in the caller's transaction. */
    void add(String hash, SecretId secret);

    /** The valid one with that hash, which has been used just now; empty when there is none, or it has expired. */
    Optional<SecretId> use(String hash);

    /** Those that have not expired, newest first. */
    List<SecretId> of(String identity);

    /**
     * Revokes one, and the tokens that were logged in with it, in the caller's transaction. Returns false when the
     * identity has none of that accessor.
     */
    boolean revoke(String identity, String accessor);

    /** Forgets what has expired before. */
    void forget(Instant expiredBefore);

    /**
     * @param accessor names it without opening anything
     * @param usedAt when somebody has logged in with it last; null when nobody has
     */
    record SecretId(
            String accessor,
            String identity,
            String issuedBy,
            Instant issuedAt,
            Instant expiresAt,
            @Nullable Instant usedAt) {}
}
