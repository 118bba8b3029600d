package dev.lockstep.port;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Hands queued operations to workers. The row of a queued operation is the durable point before its first step: a
 * worker that dies leaves a claim whose lease runs out, and another one starts the operation again.
 */
public interface Dispatch {

    /**
     * Claims queued operations that may start now, and claimed ones whose lease is over, highest priority first, in a
     * transaction of its own.
     *
     * @param limit at most so many
     * @param minimumPriority only operations of at least this priority
     * @param lease how long the claim holds; longer than all time-outs of a run together
     * @param shut names of targets whose operations stay where they are, emergencies excepted
     */
    List<Claim> claim(Instant now, int limit, int minimumPriority, Duration lease, Collection<String> shut);

    /** Like the other, with every target open. */
    default List<Claim> claim(Instant now, int limit, int minimumPriority, Duration lease) {
        return claim(now, limit, minimumPriority, lease, List.of());
    }

    /**
     * Claims one queued operation in the caller's transaction, so that nobody else sees one that the same transaction
     * has requested. Empty when it is not queued.
     */
    Optional<Claim> claim(long operation, Instant now, Duration lease);

    /**
     * Notes the process instance that now carries the operation, in the caller's transaction. Returns false when the
     * claim is no longer held; the caller must then roll back.
     */
    boolean bind(Claim claim, String processInstance);

    /** Gives the claim back until {@code notBefore}, with the reason. Returns false when it is no longer held. */
    boolean postpone(Claim claim, Instant notBefore, FailureCode code, String message);

    /**
     * Gives the claim back untried until {@code notBefore}: it counts as no run. Returns false when it is no longer
     * held.
     */
    boolean park(Claim claim, Instant notBefore);

    /** Takes the operation out of the queue for a human to look at. Returns false when the claim is no longer held. */
    boolean quarantine(Claim claim, FailureCode code, String message);

    /** Puts a quarantined operation back into the queue. Returns false when it is not quarantined. */
    boolean requeue(long operation);

    /**
     * Puts an operation back into the queue whose process instance has gone without ending it. Returns false, changing
     * nothing, when it runs in another instance or has ended.
     */
    boolean recover(long operation, String processInstance);

    /** Operations that another one took over from since {@code since}, as far as they had a process instance. */
    List<Operation> superseded(Instant since, int limit);

    /** How many operations wait to be claimed. */
    int backlog();

    /**
     * About how many emergency operations wait to be claimed, and incidents of the last minute to be decided; of very
     * many it tells only that they are many.
     */
    int emergenciesWaiting();

    /** Running operations in which all consumers have read the new version; each may wait for being told. */
    List<Operation> refreshed(int limit);

    /** Running operations that somebody wants to go back, oldest first; each may wait for being told. */
    List<Operation> calledOff(int limit);
}
