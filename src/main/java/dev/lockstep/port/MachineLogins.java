package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives programs what they log in with, and takes it away. Every change is in the audit trail. */
public interface MachineLogins {

    /**
     * Issues a secret_id, which is shown this once.
     *
     * @param life how long it is valid; empty for what its identity says
     * @throws dev.lockstep.domain.InvalidInput when there is no such identity, it does not log in that way, or the life
     *     is out of bounds
     */
    Issued issue(String identity, Optional<Duration> life, String by);

    /** The secret_ids that are valid, newest first. */
    List<SecretIds.SecretId> secretIds(String identity);

    /** The tokens that are valid, newest first. */
    List<ReaderTokens.Token> tokens(String identity);

    /** Revokes a secret_id and the tokens that came of it. Returns false when there is none. */
    boolean revokeSecretId(String identity, String accessor, String by);

    /** Revokes a token and those it has made. Returns false when the identity has none of that accessor. */
    boolean revokeToken(String identity, String accessor, String by);

    /** Revokes all tokens of an identity. Returns how many they were. */
    int revokeTokens(String identity, String by);

    /** A new secret_id; the caller closes the secret. */
    record Issued(SecretValue secret, SecretIds.SecretId secretId) {}
}
