package dev.lockstep.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What programs hold to read secrets; known by their hashes only. What is revoked or has expired is not found. */
public interface ReaderTokens {

    /** Keeps a new token, in the caller's transaction. */
    void add(String hash, Token token);

    /** The valid tokens among these hashes. */
    Map<String, Token> find(Collection<String> hashes);

    /** Sets until when a token is valid. Empty, changing nothing, when it is not valid any more. */
    Optional<Token> renew(String accessor, Instant expiresAt);

    /** Revokes a token and those it has made. Returns how many they were. */
    int revoke(String accessor);

    /** Revokes all tokens of an identity. Returns how many they were. */
    int revokeAll(String identity);

    /** The valid tokens of an identity, newest first. */
    List<Token> of(String identity);

    /** Forgets what has expired before, and what was read with it. */
    void forget(Instant expiredBefore);

    /**
     * @param accessor names it without opening anything
     * @param parent the accessor of the token that made it; null for that of a login
     * @param secretId the accessor of the secret_id that it was logged in with; null for other logins
     * @param method how it was logged in, for example {@code approle}
     * @param instance which of the running copies of the program holds it
     * @param endsAt however often it is renewed, it is not valid for longer
     */
    record Token(
            String accessor,
            @Nullable String parent,
            @Nullable String secretId,
            String identity,
            String method,
            String instance,
            Instant issuedAt,
            Instant expiresAt,
            Instant endsAt) {}
}
