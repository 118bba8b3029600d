package dev.lockstep.domain;

import java.util.Locale;

/** Why a step failed: metric tag, BPMN error code and anchor in the operator's runbook in one. */
public enum FailureCode {
    /** The target did not answer, refused the connection or timed out. */
    TARGET_UNREACHABLE,
    /** The target answered that it is busy: too many connections, throttled, starting up. */
    TARGET_BUSY,
    /** The target is down and left alone, or as many operations as it takes are at work: nothing was tried. */
    TARGET_PAUSED,
    /** The policy lets no rotation begin at this moment that nobody has asked for: nothing was tried. */
    OUTSIDE_WINDOW,
    /** Lockstep's own login at the target was refused. */
    TARGET_ADMIN_REFUSED,
    /** A managed credential that Lockstep itself logs in with is contained, at its end, or has no version yet. */
    REFERENCE_UNUSABLE,
    /** Lockstep's administrator lacks a right over the principal. */
    TARGET_PERMISSION_DENIED,
    /** The principal does not exist at the target. */
    PRINCIPAL_MISSING,
    /** An account of that name exists already, and was not made for this credential. */
    PRINCIPAL_EXISTS,
    /** The principal owns something at the target that would be lost with it. */
    PRINCIPAL_OWNS_OBJECTS,
    /** The target does not accept the candidate, for example by its own password rules. */
    SECRET_REFUSED,
    /** The target says that the change was made, but the new secret does not log in. */
    VERIFY_REFUSED,
    /** The new secret logs in, but the permission probe fails. */
    VERIFY_PROBE_FAILED,
    /** Neither the candidate nor the known previous secret logs in: somebody changed it outside. */
    DRIFT,
    /** Consumers cannot work with the new version, do not confirm it, or are not healthy with it. */
    CONSUMER_UNHEALTHY,
    /** A retired secret still logs in. */
    STILL_ALIVE,
    /** The secret store did not answer. */
    STORE_UNAVAILABLE,
    /** The store does not hold the version that it should. */
    STORE_VERSION_MISSING,
    /** The key-encryption key is missing or does not open the data. */
    KEY_UNAVAILABLE,
    /** The audit trail could not be written, so nothing was done. */
    AUDIT_UNAVAILABLE,
    /** A channel for notices did not take one. */
    CHANNEL_UNAVAILABLE,
    /** What a source of leak reports signs with could not be looked up. */
    SOURCE_UNAVAILABLE,
    /** The ledger could not be written. */
    LEDGER_UNAVAILABLE,
    /** Another worker has taken over this operation. */
    STALE_ATTEMPT,
    /** The operation was superseded, closed or its credential has gone. */
    OPERATION_CLOSED,
    /** The step was begun as often as the policy allows and never finished. */
    ATTEMPTS_USED_UP,
    /** A step of the undo could not be done. */
    UNDO_FAILED,
    /** The policy does not allow what was asked for. */
    POLICY_REFUSED,
    /** Configuration is missing or contradictory. */
    MISCONFIGURED,
    /** A defect in Lockstep or in an adapter. */
    INTERNAL_ERROR;

    /** Whether the step has not even been begun: it costs no attempt, and is no failure. */
    public boolean nothingTried() {
        return this == TARGET_PAUSED || this == OUTSIDE_WINDOW;
    }

    /** Anchor in the runbook and metric tag, for example {@code target-unreachable}. */
    public String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
