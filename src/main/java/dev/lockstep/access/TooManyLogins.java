package dev.lockstep.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many failed logins came from an address. */
final class TooManyLogins extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    static final String SENTENCE = "Too many failed logins came from your address; try again later.";

    private final Duration retryAfter;

    TooManyLogins(Duration retryAfter) {
        super(SENTENCE);
        this.retryAfter = retryAfter;
    }

    /** At least a second. */
    Duration retryAfter() {
        return retryAfter;
    }
}
