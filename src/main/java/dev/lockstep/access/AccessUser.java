package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of the user store.
 *
 * @param lockedUntil end of the newest lock-out, which may be over; null when there was none
 * @param revision grows with each change of password, roles or state
 * @param oneTimePassword whether the password has to be replaced before anything else
 * @param secondFactor whether a password alone opens nothing, because a second factor was set up
 * @param provider the issuer at which the user logs in instead of with a password; null for local users
 * @param subject the provider's own name of the user, which it never gives to another; null for local users
 */
record AccessUser(
        String id,
        String displayName,
        String passwordHash,
        Grants grants,
        boolean disabled,
        @Nullable Instant lockedUntil,
        int revision,
        boolean oneTimePassword,
        boolean secondFactor,
        @Nullable String provider,
        @Nullable String subject) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final int LONGEST_DISPLAY_NAME = 200;
    /** Actor of automatic work in the audit trail: nobody may log in under that name. */
    private static final String RESERVED = "lockstep";

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

    static boolean isDisplayName(String text) {
        boolean printable = text.codePoints().noneMatch(AccessUser::unprintable);
        return !text.isBlank() && text.length() <= LONGEST_DISPLAY_NAME && printable;
    }

    static String requireDisplayName(String text) {
        if (!isDisplayName(text)) {
            throw new InvalidInput(
                    "displayName", "a display name has 1 to " + LONGEST_DISPLAY_NAME + " printable characters");
        }
        return text;
    }

    private static boolean unprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    boolean lockedAt(Instant now) {
        return lockedUntil != null && now.isBefore(lockedUntil);
    }

    boolean local() {
        return provider == null;
    }

    /** Whether the user can repair things also when a provider is down or takes roles away. */
    boolean activeAdministrator() {
        return local() && !disabled && grants.contain(Role.ADMINISTRATOR);
    }

    @Override
    public String toString() {
        return "AccessUser[" + id + ", roles=" + grants + ", revision=" + revision + "]";
    }
}
