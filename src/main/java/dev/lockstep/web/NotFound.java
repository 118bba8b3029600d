package dev.lockstep.web;

/** What was asked for does not exist. */
final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Takes a sentence that says what does not exist. */
    NotFound(String message) {
        super(message);
    }
}
