package dev.lockstep.domain;

/** Where a version stands in its life. */
public enum Stage {
    /** Durable in the store, not yet the one that applications read. */
    STAGED,
    /** The version that applications read and that must log in. */
    CURRENT,
    /** The version before; kept until its consumers have moved or the grace is over. */
    PREVIOUS,
    /** No longer accepted by the target. */
    RETIRED,
    /** Staged, but never became current. */
    DISCARDED,
    /** Made invalid because it leaked or was no longer wanted; never restored. */
    REVOKED
}
