package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The life of operations in the ledger. Writes join the caller's transaction unless they say otherwise. */
public interface Operations {

    /** Queues an operation. Empty, changing nothing, when the credential already has an active one. */
    Optional<Operation> request(OperationRequest request);

    /** Queues operations for credentials whose due time has passed, oldest first, and returns them. */
    List<Operation> requestDue(Instant now, int limit);

    /** Queues decommissions of credentials whose life has ended, oldest first, and returns them. */
    List<Operation> requestExpired(Instant now, int limit);

    /** One operation; throws {@link dev.lockstep.domain.PermanentException} ({@code OPERATION_CLOSED}) when unknown. */
    Operation get(long id);

    /** One operation; empty when unknown. */
    Optional<Operation> find(long id);

    /** The operation that occupies the credential. */
    Optional<Operation> active(CredentialName credential);

    /** The newest operations of a credential, newest first. */
    List<Operation> history(CredentialName credential, int limit);

    /** Operations that others took over from in the last minutes and that had a process instance, newest first. */
    List<Operation> supersededOfLate(int limit);

    /** All active operations, oldest first, at most {@code limit}. */
    List<Operation> active(int limit);

    /**
     * Begins the next round, in which attempts are counted anew. Returns false, changing nothing, when the operation is
     * not in {@code round} any more.
     */
    boolean nextRound(long id, int round, boolean newSecret);

    /** Raises the priority, when a person wants the operation to go on now. Returns false when it has ended. */
    boolean urge(long id, int priority);

    /**
     * Makes a queued operation that nobody has asked for the operation of somebody who asks for the same now. Returns
     * false, changing nothing, when it is no longer queued, or somebody has asked for it before.
     */
    boolean takeUp(long id, OperationRequest request);

    /** Notes that a roll-back was asked for. Returns false when the operation is not active. */
    boolean requestRollback(long id);

    /** Notes until when the previous version stays valid although all consumers have moved. */
    void keepPrevious(long id, Instant until);

    /** Notes why the operation fails at present, in a transaction of its own. */
    void noteFailure(long id, FailureCode code, String message);

    /** Ends the operation. Returns false, changing nothing, when it had ended before. */
    boolean close(long id, Outcome outcome);
}
