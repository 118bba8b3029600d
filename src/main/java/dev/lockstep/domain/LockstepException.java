package dev.lockstep.domain;

import org.jspecify.annotations.Nullable;

/**
 * A step failed. The message says what was tried, on what, and what to do; never a secret. Adapters translate driver
 * exceptions at their edge and keep only the cause's type and code, because the engine stores exception text.
 */
public abstract sealed class LockstepException extends RuntimeException permits RetryableException, PermanentException {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String sentence;

    LockstepException(FailureCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.sentence = message;
    }

    /** Why it failed. */
    public FailureCode code() {
        return code;
    }

    /** What was tried, on what, and what to do. */
    @Override
    public String getMessage() {
        return sentence;
    }
}
