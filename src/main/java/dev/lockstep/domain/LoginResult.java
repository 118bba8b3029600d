package dev.lockstep.domain;

/** What a target said to a login. An unreachable or busy target is an exception, not an answer. */
public enum LoginResult {
    /** The secret logs in, and the permission probe succeeds. */
    ACCEPTED,
    /** The secret logs in, but the permission probe fails. */
    PROBE_FAILED,
    /** The target is reachable and refuses this secret. */
    REFUSED
}
