package dev.lockstep.port;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fenced, counted tries of steps that talk to the outside. */
public interface Attempts {

    /**
     * Makes an attempt durable in a transaction of its own, before the outside is touched; for a step that changes the
     * target the intent goes into the audit trail in the same transaction. An earlier attempt of the operation that
     * never reported back gets an unknown outcome.
     *
     * @param timeout how long the outside calls of this attempt can take
     * @param details facts for the audit trail: version, principal, target; no secret
     * @throws dev.lockstep.domain.PermanentException with {@code OPERATION_CLOSED} when the operation has ended
     */
    Attempt begin(long operation, Step step, Duration timeout, Map<String, String> details);

    /**
     * Records success in the caller's transaction, with the outcome in the audit trail.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code STALE_ATTEMPT} when a newer attempt has begun
     */
    void succeed(Attempt attempt, Map<String, String> details);

    /** Records failure in a transaction of its own, with the outcome in the audit trail. */
    void fail(Attempt attempt, LockstepException failure);

    /** How often the step failed with {@code code} in this round of the operation. */
    int failures(long operation, Step step, FailureCode code);

    /**
     * What other operations of the credential, all ended, may still do at its target: a change that never reported
     * back, or timed out, comes into force until its deadline or never. Those that are past it without a word get an
     * unknown outcome, in a transaction of its own.
     *
     * @return until when a late change may come; empty when none may
     */
    Optional<Instant> lateChanges(CredentialName credential, long operation);

    /** All attempts of an operation, oldest first. */
    List<Entry> list(long operation);

    /**
     * An attempt as people see it.
     *
     * @param outcome {@code running}, {@code succeeded}, {@code failed} or {@code unknown}
     */
    record Entry(
            Attempt attempt,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String outcome,
            @Nullable FailureCode failure,
            @Nullable String message) {}
}
