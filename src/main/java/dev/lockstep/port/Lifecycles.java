package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people and applications may ask about the beginning and the end of a credential's life. */
public interface Lifecycles {

    /**
     * Asks for a new credential; the policy decides later whether it may be issued.
     *
     * @param definition without principals when they are to be named after the credential
     * @param reason free text for the record; no secret
     * @throws dev.lockstep.domain.InvalidInput when a field is malformed or names what does not exist
     * @throws dev.lockstep.domain.Conflict when the name is taken
     */
    Operation issue(Definition definition, String requestedBy, String reason);

    /**
     * Asks for the end of a credential.
     *
     * @throws dev.lockstep.domain.InvalidInput when the credential is unknown
     * @throws dev.lockstep.domain.Conflict when an operation is under way
     */
    Operation decommission(CredentialName credential, String requestedBy, String reason);

    /** What a selection stands for now, in the order of the names. Changes nothing. */
    List<Selected> selected(Selection selection);

    /**
     * Asks for the end of all selected credentials that nothing stands in the way of.
     *
     * @return number of the batch
     * @throws dev.lockstep.domain.Conflict when there is none
     */
    long decommission(Selection selection, String requestedBy, String reason);

    /**
     * Takes a request back: an issuance that is not approved yet, or a decommission whose account is not being removed
     * yet, which is enabled again.
     *
     * @throws dev.lockstep.domain.InvalidInput when the operation is unknown
     * @throws dev.lockstep.domain.Conflict when it is too late
     */
    void cancel(long operation, String requestedBy);

    /**
     * Tells that a consumer tried to read a credential. Stops its removal when it is in quarantine; returns false,
     * noting nothing, when it is not.
     */
    boolean readAttempted(CredentialName credential, String consumer);

    /**
     * Which credentials are meant; at least one of the two must narrow it down.
     *
     * @param environment first part of the name; empty for any
     * @param labels labels that the credential must have, all of them
     */
    record Selection(Optional<String> environment, Map<String, String> labels) {
        public Selection {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A credential that a selection stands for.
     *
     * @param objection why it would be left out, to be read after its name; empty when nothing stands in the way
     */
    record Selected(CredentialName credential, Optional<String> objection) {}
}
