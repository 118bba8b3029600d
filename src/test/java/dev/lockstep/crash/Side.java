package dev.lockstep.crash;

/** On which side of a call's effect something goes wrong. */
enum Side {
    /** The call has not been made. */
    BEFORE,
    /** The call has taken effect, but its caller never hears of it. */
    AFTER
}
