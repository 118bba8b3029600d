package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import java.util.List;
import java.util.Optional;

/** What people may ask about drills. */
public interface Rehearsals {

    /** The credentials that are marked as sandbox, in the order of their names. */
    List<CredentialName> sandboxes();

    /** Why there can be no such drill now, as a sentence; empty when there can. */
    Optional<String> objection(CredentialName credential, Drill.Scenario scenario);

    /**
     * Begins a drill.
     *
     * @param reason free text for the record; no secret
     * @throws dev.lockstep.domain.InvalidInput when the credential is unknown or is no sandbox
     * @throws dev.lockstep.domain.Conflict when it does not fit the state of things now
     */
    Drill begin(CredentialName credential, Drill.Scenario scenario, String requestedBy, String reason);

    /**
     * Calls a drill off; its fault ends at once.
     *
     * @throws dev.lockstep.domain.Conflict when it is not running
     */
    void cancel(long drill, String by);
}
