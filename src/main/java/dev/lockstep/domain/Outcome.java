package dev.lockstep.domain;

import java.util.Locale;

/** How an operation ended. */
public enum Outcome {
    /** The new version is current and the previous one is proven dead. */
    ROTATED,
    /** The new version is current; the previous one could not be retired and somebody decided to leave it. */
    ROTATED_PREVIOUS_ALIVE,
    /** Everything was undone because somebody or a consumer asked for it. */
    ROLLED_BACK,
    /** The rotation failed and the previous version stays in use. */
    KEPT_PREVIOUS,
    /** The approver said no. */
    DECLINED,
    /** Nobody approved in time. */
    APPROVAL_EXPIRED,
    /** The principal was disabled and its versions revoked. */
    REVOKED,
    /** A leaked secret could not be revoked, and somebody decided to leave it. */
    NOT_CONTAINED,
    /** Another operation took over. */
    SUPERSEDED,
    /** The new credential is in use. */
    ISSUED,
    /** The policy does not allow what was asked for. */
    REFUSED,
    /** The new credential could not be made, and nothing of it is left. */
    NOT_ISSUED,
    /** Whoever asked for it took the request back. */
    CANCELLED,
    /** The account is proven to be gone and its versions are destroyed. */
    DECOMMISSIONED,
    /** The credential was not decommissioned, because somebody wants to keep it. */
    KEPT;

    /** Lower-case name for metrics and the API, for example {@code rolled-back}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
