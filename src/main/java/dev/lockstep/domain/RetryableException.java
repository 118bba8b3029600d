package dev.lockstep.domain;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The same step may succeed later: it is tried again with back-off until the policy's last attempt. */
public final class RetryableException extends LockstepException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant notBefore;

    /** @param cause null when the original exception's text could carry a secret */
    public RetryableException(FailureCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.notBefore = null;
    }

    /** @param notBefore before then trying again is of no use */
    public RetryableException(FailureCode code, String message, Instant notBefore) {
        super(code, message, null);
        this.notBefore = notBefore;
    }

    public RetryableException(FailureCode code, String message) {
        super(code, message, null);
        this.notBefore = null;
    }

    /** Before when trying again is of no use; empty when that is not known. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }
}
