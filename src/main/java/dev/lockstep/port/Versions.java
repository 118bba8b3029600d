package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's record of every version; stages move by compare-and-set. */
public interface Versions {

    /**
     * Takes the next version number for an operation's candidate, in a transaction of its own.
     *
     * @param operation null for an imported value
     */
    Version reserve(
            CredentialName credential, @Nullable Long operation, String principal, String fingerprint, String rules);

    /** Replaces the fingerprint of a version that is still {@code STAGED}, in a transaction of its own. */
    void refingerprint(SecretRef ref, String fingerprint);

    /** One version; empty when unknown. */
    Optional<Version> find(SecretRef ref);

    /** All versions of a credential, newest first. */
    List<Version> list(CredentialName credential);

    /** The newest version that the operation made and that is not revoked or retired. */
    Optional<Version> candidate(long operation);

    /** The version marked {@code CURRENT}. */
    Optional<Version> current(CredentialName credential);

    /** The versions in a stage, newest first. */
    List<Version> in(CredentialName credential, Stage stage);

    /**
     * Moves a version from one stage to another. Returns false, changing nothing, when it is not in {@code expected}.
     */
    boolean move(SecretRef ref, Stage expected, Stage to);

    /**
     * Makes a {@code STAGED} version {@code CURRENT} and the current one, if any, {@code PREVIOUS}. Returns false,
     * changing nothing, when it was not staged.
     */
    boolean promote(SecretRef candidate);

    /**
     * Undoes {@link #promote}: the candidate becomes {@code STAGED} and {@code previous}, if given, {@code CURRENT}.
     * Nobody is served the candidate any more, also those to whom it was released before. Returns false, changing
     * nothing, when the candidate was not current or the previous one not previous.
     */
    boolean demote(SecretRef candidate, @Nullable SecretRef previous);

    /** The versions whose values some store may still hold, newest first. */
    List<Version> unerased(CredentialName credential);

    /**
     * The {@code REVOKED} versions whose values some store may still hold and that nobody has proven dead, newest
     * first.
     */
    List<Version> unproven(CredentialName credential);

    /** Notes that the target has refused the value of a version that is at rest. Idempotent. */
    void provenDead(SecretRef ref);

    /** Takes {@link #provenDead} back, so that the next proof tries the value again. Idempotent. */
    void doubt(SecretRef ref);

    /** The versions of all credentials that have or had the value with this fingerprint. */
    List<Version> withFingerprint(String fingerprint);

    /**
     * Retired, discarded and revoked versions that came to rest before {@code before} and whose values have not been
     * erased yet, newest first.
     */
    List<Version> erasable(CredentialName credential, Instant before);

    /** Notes that no store holds the value any more. Idempotent. */
    void erased(SecretRef ref);
}
