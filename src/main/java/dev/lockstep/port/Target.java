package dev.lockstep.port;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The system that accepts a secret.
 *
 * <p>Every method may be called again after a crash or a time-out, and ends within {@link #timeout()}. A target that
 * does not answer gives {@link dev.lockstep.domain.RetryableException} with {@code TARGET_UNREACHABLE} (the effect may
 * or may not have happened) or {@code TARGET_BUSY} (nothing happened). A refusal of Lockstep's own right gives
 * {@link dev.lockstep.domain.PermanentException} with {@code TARGET_PERMISSION_DENIED}, {@code PRINCIPAL_MISSING} or
 * {@code TARGET_ADMIN_REFUSED}. A candidate that breaks the target's own rules gives
 * {@link dev.lockstep.domain.RetryableException} with {@code SECRET_REFUSED}. Error texts of the target that could
 * carry the secret are not passed on.
 */
public interface Target {

    /**
     * Makes the account accept {@code secret}, also after it was disabled or retired; creates the second account of a
     * pair when it does not exist yet.
     */
    void apply(Account account, SecretValue secret);

    /** Logs in as the account and runs the permission probe. Changes nothing. */
    LoginResult verify(Account account, SecretValue secret);

    /** Makes the account accept {@code previous} again after {@link #apply} or {@link #retire}. */
    void restore(Account account, SecretValue previous);

    /**
     * Makes the account accept none of its secrets, because another account has taken over. Never called for the
     * account of the current version.
     */
    void retire(Account account);

    /**
     * Whether the account's secret is dead: logs in without permission probe and expects a refusal. Changes nothing.
     *
     * @return {@code REFUSED} when dead, {@code ACCEPTED} when it still logs in
     */
    LoginResult verifyDead(Account account, SecretValue retired);

    /** Whether the target answers and lets the administrator in; never throws. */
    Health health();

    /** Longest duration of any single call, connection included. */
    Duration timeout();

    /** A target that can tell which accounts it has. */
    interface Discovers {

        /**
         * The accounts that can log in, without Lockstep's own and without those that can do everything. Changes
         * nothing.
         */
        List<Principal> principals();
    }

    /** A target that can switch an account off and on without touching its grants. */
    interface Disables {

        /** Makes the account refuse every login, and ends its live sessions. Idempotent. */
        void disable(Account account);

        /** Undoes {@link #disable}. Idempotent. */
        void enable(Account account);
    }

    /** A target at which accounts can be made and removed. */
    interface Creates {

        /**
         * What speaks against making the account, without asking the target: malformed names, or grants that it does
         * not know. One sentence each; empty when nothing does.
         */
        List<String> objections(Account account, Grants grants);

        /** Whether there is such an account, and whether it was made for its credential. Changes nothing. */
        Presence presence(Account account);

        /**
         * Makes the account with the grants, not able to log in before {@link Target#apply}, and marks it as made for
         * its credential. An account that was made for this credential gets what it lacks and keeps its secret.
         *
         * @throws dev.lockstep.domain.PermanentException with {@code PRINCIPAL_EXISTS}, changing nothing, when there is
         *     such an account that was not made for this credential
         */
        void create(Account account, Grants grants);

        /**
         * Removes the account, ends its live sessions and takes back all that it was granted. Nothing happens when
         * there is none. A call that ran out of time goes on where it stopped when it is made again.
         *
         * @param heir the account that gets what this one owns; empty when nothing may be owned
         * @throws dev.lockstep.domain.PermanentException with {@code PRINCIPAL_OWNS_OBJECTS} when something would be
         *     lost; the account is disabled then
         */
        void remove(Account account, Optional<String> heir);
    }

    /** What {@link Creates#presence} finds. */
    enum Presence {
        /** There is no such account. */
        ABSENT,
        /** It was made for its credential. */
        MADE,
        /** It was not made for its credential. */
        FOREIGN
    }
}
