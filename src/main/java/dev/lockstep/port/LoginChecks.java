package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.SecretRef;
import java.util.Optional;

/** Tries on request whether the version that applications read logs in at the target. */
public interface LoginChecks {

    /**
     * Logs in once and keeps what it found, as reconciling does. Changes nothing at the target.
     *
     * @param requestedBy user id
     * @throws dev.lockstep.domain.InvalidInput when the credential is unknown
     * @throws dev.lockstep.domain.Conflict when it has no version that applications read, or is not at rest
     * @throws dev.lockstep.domain.RetryableException when target or store cannot be asked now
     */
    Result check(CredentialName credential, String requestedBy);

    /**
     * What came of it.
     *
     * @param version the one that was tried
     * @param finding what is wrong; empty when it logs in
     */
    record Result(SecretRef version, Optional<Finding> finding) {}
}
