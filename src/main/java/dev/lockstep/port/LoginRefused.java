package dev.lockstep.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Somebody does not get in; the message says no more than who asks may know. */
public final class LoginRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** User, password or code: it is not told which. */
        WRONG("user, password or code is wrong, or there were too many wrong ones"),
        /** The password was right. */
        CODE_NEEDED("this user has a second factor: send a code of it as well"),
        /** The password was right. */
        ONE_TIME_PASSWORD("the password is for one time: replace it at /password first"),
        /** Too many failed logins came from the address. */
        TOO_MANY("too many failed logins came from your address; try again later");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;
    private final @Nullable Duration retryAfter;

    private LoginRefused(Reason reason, @Nullable Duration retryAfter) {
        super(reason.sentence, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Makes one of those that do not pass with time. */
    public static LoginRefused because(Reason reason) {
        return new LoginRefused(reason, null);
    }

    /** Makes one that passes after a while. */
    public static LoginRefused tooMany(Duration retryAfter) {
        return new LoginRefused(Reason.TOO_MANY, retryAfter);
    }

    public Reason reason() {
        return reason;
    }

    /** After which time it is worth to try again; null when time does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
