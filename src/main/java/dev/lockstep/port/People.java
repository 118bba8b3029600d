package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in, and with which roles. A role is written {@code approver}, or {@code approver@prod},
 * {@code approver@prod/shop} or <code>approver@*&#47;shop</code> when it is for one environment or team only. Each
 * change is audited with its actor; what is malformed or not allowed throws {@link dev.lockstep.domain.InvalidInput},
 * changing nothing.
 */
public interface People {

    /**
     * A user.
     *
     * @param roles in alphabetical order
     * @param oneTimePassword whether the password was generated and not replaced since
     * @param lockedUntil when a lock-out by wrong passwords ends; null when none is on
     * @param secondFactor whether a password alone opens nothing
     * @param provider the OpenID provider at which the user logs in, and which tells name and roles; null for local
     *     users
     */
    record Person(
            String id,
            String displayName,
            List<String> roles,
            boolean enabled,
            boolean oneTimePassword,
            @Nullable Instant lockedUntil,
            boolean secondFactor,
            @Nullable String provider) {}

    /**
     * A role that can be given.
     *
     * @param meaning what it is for, in words
     * @param limitable whether it can be given for single environments and teams
     */
    record Kind(String role, String meaning, boolean limitable) {}

    /** All roles that there are. */
    List<Kind> roles();

    /** All users in the order of their ids. */
    List<Person> list();

    /** One user; empty when unknown. */
    Optional<Person> find(String id);

    /** Adds a user and returns the generated password, which opens nothing until its user has replaced it. */
    SecretValue add(String actor, String id, String displayName, List<String> roles);

    /** Changes what is not null. A change of roles ends the user's sessions. */
    void change(String actor, String id, @Nullable String displayName, @Nullable List<String> roles);

    /** Replaces the password by a generated one as {@link #add} does, and ends the user's sessions. */
    SecretValue resetPassword(String actor, String id);

    /** Ends the user's sessions and refuses new ones. Idempotent. */
    void disable(String actor, String id);

    /** Takes back {@link #disable}. Idempotent. */
    void enable(String actor, String id);

    /** Replaces a user's own password and ends the user's sessions. */
    void replacePassword(String id, SecretValue present, SecretValue next);
}
