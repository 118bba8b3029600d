package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Second factors of who is logged in: one-time codes of local users, and the way to the provider for its people. What
 * is wrong throws {@link dev.lockstep.domain.InvalidInput}; wrong codes count like wrong passwords.
 */
public interface SecondFactors {

    /** How a person gives one. */
    enum Way {
        /** By a one-time code. */
        CODE,
        /** Not yet: one has to be set up. */
        NONE,
        /** At the OpenID provider. */
        PROVIDER
    }

    /**
     * A secret that waits for its first code.
     *
     * @param text as somebody types it into an authenticator
     * @param address as an authenticator reads it from a picture
     */
    record Enrolment(SecretValue text, SecretValue address) {}

    /** How this user gives one. */
    Way way(String user);

    /** How long one counts for what needs a fresh one; empty when nothing does. */
    Optional<Duration> fresh();

    /** Generates a secret; it counts for nothing until {@link #confirm}, and may be asked for again. */
    Enrolment begin(String user);

    /** The secret that {@link #begin} generated; empty when none waits. */
    Optional<Enrolment> pending(String user);

    /** Puts the secret in force by its first code, and returns recovery codes, which are shown this once. */
    List<SecretValue> confirm(String user, SecretValue code);

    /** Takes a one-time code or a recovery code, and notes it in the session of this request. */
    void give(String user, SecretValue code);

    /** Takes the second factor away from who has lost it, and ends the user's sessions. */
    void remove(String actor, String user);
}
