package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;

/** What people may ask of the rotation process. */
public interface Rotations {

    /**
     * Queues a rotation.
     *
     * @param emergency overtakes all routine work, allows no grace, and takes over from an operation that is under way
     * @param reason free text for the record; no secret
     * @throws dev.lockstep.domain.InvalidInput when the credential is unknown
     * @throws dev.lockstep.domain.Conflict when an operation is under way and this is no emergency
     */
    Operation rotate(CredentialName credential, boolean emergency, String requestedBy, String reason);

    /**
     * Queues a rotation that does without the approval it may need; whoever would have approved reviews it afterwards.
     *
     * @param reason why it could not wait; no secret
     * @throws dev.lockstep.domain.InvalidInput when the credential is unknown
     * @throws dev.lockstep.domain.Conflict when an operation is under way
     */
    Operation breakGlass(CredentialName credential, String requestedBy, String reason);

    /**
     * Asks an operation within its grace to go back to the previous version.
     *
     * @throws dev.lockstep.domain.InvalidInput when the operation is unknown
     * @throws dev.lockstep.domain.Conflict when it has ended or its previous version is already being retired
     */
    void rollBack(long operation, String requestedBy);

    /**
     * Puts a quarantined operation back to work.
     *
     * @throws dev.lockstep.domain.InvalidInput when the operation is unknown
     * @throws dev.lockstep.domain.Conflict when it is not quarantined
     */
    void resume(long operation, String requestedBy);
}
