package dev.lockstep.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a lifecycle process for one credential.
 *
 * @param id ledger number, shown to people as {@code op-<id>}
 * @param credential whose operation it is
 * @param process id of the process definition, for example {@code rotation}
 * @param status where it stands
 * @param priority higher goes first; see {@link #ROUTINE} and {@link #EMERGENCY}
 * @param requestedBy user id, or {@code schedule}
 * @param reason free text of the requester; no secret
 * @param round counts the human or timed retries from 1; attempts are counted per round
 * @param newSecret whether this round must not use the candidate of an earlier one
 * @param rollback whether a roll-back was asked for
 * @param processInstance the engine's instance once committed
 * @param failure why the last attempt failed; null when none did
 * @param failureMessage the sentence that goes with it
 * @param outcome how it ended; null while active
 * @param queuedAt when it was requested
 * @param notBefore earliest time of the next attempt while {@code QUEUED}
 * @param closedAt when it ended
 */
public record Operation(
        long id,
        CredentialName credential,
        String process,
        OperationStatus status,
        int priority,
        String requestedBy,
        String reason,
        int round,
        boolean newSecret,
        boolean rollback,
        @Nullable String processInstance,
        @Nullable FailureCode failure,
        @Nullable String failureMessage,
        @Nullable Outcome outcome,
        Instant queuedAt,
        Instant notBefore,
        @Nullable Instant closedAt) {

    /** Priority of scheduled work. */
    public static final int ROUTINE = 0;

    /** Priority of work that a person asked for. */
    public static final int REQUESTED = 50;

    /** Priority of work that a person does without the approval it needs; it is reviewed afterwards. */
    public static final int BREAK_GLASS = 75;

    /** Priority of work that must overtake everything else; run by workers of its own. */
    public static final int EMERGENCY = 100;

    /** One that was just asked for. */
    public static Operation queued(long id, OperationRequest request, String reason, Instant at) {
        return new Operation(
                id,
                request.credential(),
                request.process(),
                OperationStatus.QUEUED,
                request.priority(),
                request.requestedBy(),
                reason,
                1,
                false,
                false,
                null,
                null,
                null,
                null,
                at,
                at,
                null);
    }

    /** The name people see, for example {@code op-17}. */
    public String label() {
        return "op-" + id;
    }
}
