package dev.lockstep.domain;

import org.jspecify.annotations.Nullable;

/** Trying again changes nothing: the process has to take another way. */
public final class PermanentException extends LockstepException {

    private static final long serialVersionUID = 1L;

    /** @param cause null when the original exception's text could carry a secret */
    public PermanentException(FailureCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    public PermanentException(FailureCode code, String message) {
        this(code, message, null);
    }
}
