package dev.lockstep.port;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands queued operations to workers. The row of a queued operation is the durable point before its first step: a
 * worker that dies leaves a claim whose lease runs out, and another one starts the operation again.
 */
public interface Dispatch {

    /**
     * Operations of one priority that wait for one target.
     *
     * @param target its name
     * @param priority of all of them
     * @param since when the first of them could have started
     */
    record Line(String target, int priority, Instant since) {}

    /**
     * The lines in which an operation may start now, highest priority first and then the one that has waited longest;
     * how many operations wait in a line makes no difference to what this costs. Claimed ones whose lease is over are
     * put back into their lines first.
     *
     * @param minimumPriority only lines of at least this priority
     */
    List<Line> lines(Instant now, int minimumPriority);

    /**
     * Claims operations of a line that may start now, those first that have waited longest, in a transaction of its
     * own; passes those by that somebody else is claiming at this moment.
     *
     * @param limit at most so many
     * @param lease how long the claim holds; longer than all time-outs of a run together
     */
    List<Claim> claim(Line line, int limit, Instant now, Duration lease);

    /** Claims what may start now whatever its target, as far as {@code limit} goes: line by line. */
    default List<Claim> claim(Instant now, int limit, int minimumPriority, Duration lease) {
        List<Claim> claimed = new ArrayList<>();
        for (Line line : lines(now, minimumPriority)) {
            if (claimed.size() < limit) {
                claimed.addAll(claim(line, limit - claimed.size(), now, lease));
            }
        }
        return claimed;
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

    /**
     * What was found among some running operations.
     *
     * @param last the last of them that was looked at; 0 when there are no more
     */
    record Look(List<Operation> found, long last) {}

    /**
     * Running operations in which all consumers have read the new version and the previous one need not be kept any
     * longer; each may wait for being told.
     *
     * @param after looks at those with a greater number only, in their order
     * @param limit looks at so many
     */
    Look refreshed(long after, int limit);

    /** Whether this is one of them. */
    default boolean refreshed(long operation) {
        return refreshed(operation - 1, 1).found().stream().anyMatch(found -> found.id() == operation);
    }

    /** Running operations that somebody wants to go back, oldest first; each may wait for being told. */
    List<Operation> calledOff(int limit);
}
