package dev.lockstep.domain;

import org.jspecify.annotations.Nullable;

/** The same step may succeed later: it is tried again with back-off until the policy's last attempt. */
public final class RetryableException extends LockstepException {

    private static final long serialVersionUID = 1L;

    /** @param cause null when the original exception's text could carry a secret */
    public RetryableException(FailureCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }

    public RetryableException(FailureCode code, String message) {
        this(code, message, null);
    }
}
