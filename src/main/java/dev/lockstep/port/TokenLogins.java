package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives local users a token for their command line, which goes on and ends as a session does. */
public interface TokenLogins {

    /**
     * A token, in the one answer that ever has it.
     *
     * @param session its entry in the list of sessions
     * @param endsAt when it ends at the latest; it ends before that when nobody uses it
     */
    record Token(SecretValue value, String session, Instant endsAt) implements AutoCloseable {
        @Override
        public void close() {
            value.close();
        }
    }

    /**
     * Checks user and password as every login does, and a code of the second factor where the user has one.
     *
     * @param code null when none was given
     * @param address where the request comes from
     * @param agent what the program calls itself
     * @throws LoginRefused when nobody gets in with that
     * @throws dev.lockstep.domain.RetryableException when it cannot be checked or written down now
     */
    Token logIn(String user, SecretValue password, @Nullable SecretValue code, String address, String agent);
}
