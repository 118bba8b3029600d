package dev.lockstep.access;

import java.util.Locale;
import org.springframework.security.core.AuthenticationException;

/** Somebody whom the provider knows does not get in here. */
final class ProviderRefusal extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why, with the sentence that people read. */
    enum Reason {
        NO_NAME("The provider tells no name that can be a user here."),
        TAKEN("There is another user of that name here. An administrator has to give one of them another name."),
        DISABLED("You are disabled here."),
        NO_ROLE("None of your roles at the provider gives you a role here."),
        FAILED("The login at the provider did not work. Try again."),
        UNREACHABLE("The provider does not answer. Try again later.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    ProviderRefusal(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
