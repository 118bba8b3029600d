package dev.lockstep.domain;

/** The request is well formed but does not fit the state of things now; nothing changed. */
public final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Takes a sentence that says what stands in the way and what to do. */
    public Conflict(String message) {
        super(message);
    }
}
