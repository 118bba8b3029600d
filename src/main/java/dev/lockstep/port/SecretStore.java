package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import java.util.Optional;

/**
 * Where applications read secrets.
 *
 * <p>Every method may be called again after a crash or a time-out. When the store does not answer, a method throws
 * {@link dev.lockstep.domain.RetryableException} with {@code STORE_UNAVAILABLE} (or {@code KEY_UNAVAILABLE}); the
 * effect may or may not have happened.
 */
public interface SecretStore {

    /**
     * Makes the value durable under its reference, not yet readable by applications. When it returns, the value
     * survives a crash. Idempotent for the same value.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code STORE_VERSION_MISSING} when the reference already
     *     holds another value or has been destroyed
     */
    void stage(SecretRef ref, SecretValue value);

    /**
     * The value of a version, whatever its stage; empty when it was never staged or has been destroyed. The caller
     * closes it.
     */
    Optional<SecretValue> read(SecretRef ref);

    /**
     * Makes a staged version the one that applications read. Promoting the version before undoes it. Idempotent.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code STORE_VERSION_MISSING} when the store does not hold it
     */
    void promote(SecretRef ref);

    /** Lets applications read no version any more, until the next is promoted. The values stay. Idempotent. */
    void withdraw(CredentialName credential);

    /** The version that applications read now; empty when none was promoted, or it was withdrawn. */
    Optional<SecretRef> current(CredentialName credential);

    /**
     * Erases the value of a version for good. Idempotent.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when it is the current one
     */
    void destroy(SecretRef ref);

    /** Whether the store answers; never throws. */
    Health health();
}
