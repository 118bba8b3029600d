package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of the user store.
 *
 * @param lockedUntil end of the newest lock-out, which may be over; null when there was none
 * @param revision grows with each change of password, roles or state
 */
record AccessUser(
        String id,
        String displayName,
        String passwordHash,
        Set<Role> roles,
        boolean disabled,
        @Nullable Instant lockedUntil,
        int revision) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    /** Actor of automatic work in the audit trail: nobody may log in under that name. */
    private static final String RESERVED = "lockstep";

    AccessUser {
        roles = Set.copyOf(roles);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches() && !text.equals(RESERVED);
    }

    static String requireId(String text) {
        if (!isId(text)) {
            throw new InvalidInput(
                    "id",
                    "a user id is 1 to 64 lower-case letters, digits, '.', '_' and '-', begins with a letter, and is not '"
                            + RESERVED + "'");
        }
        return text;
    }

    boolean lockedAt(Instant now) {
        return lockedUntil != null && now.isBefore(lockedUntil);
    }

    boolean activeAdministrator() {
        return !disabled && roles.contains(Role.ADMINISTRATOR);
    }

    @Override
    public String toString() {
        return "AccessUser[" + id + ", roles=" + Role.encode(roles) + ", revision=" + revision + "]";
    }
}
