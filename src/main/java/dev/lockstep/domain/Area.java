package dev.lockstep.domain;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of all credentials: those of an environment, of a team, or of a team in an environment. Written {@code prod},
 * <code>*&#47;shop</code> or {@code prod/shop}.
 *
 * @param environment the first segment of their names; null for any
 * @param team the second segment of their names; null for any
 */
public record Area(@Nullable String environment, @Nullable String team) implements Serializable {

    /** All credentials. */
    public static final Area EVERYTHING = new Area(null, null);

    /** As in the name of a credential. */
    private static final Pattern SEGMENT = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9_.-]*");

    private static final String ANY = "*";

    public Area {
        if (!isSegmentOrNull(environment) || !isSegmentOrNull(team)) {
            throw new InvalidInput(
                    "area",
                    "an area is an environment, a team or both, as in 'prod', '*/shop' or 'prod/shop', in lower-case"
                            + " letters, digits, '-', '_' and single '.'");
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static Area parse(String text) {
        int slash = text.indexOf('/');
        String environment = slash < 0 ? text : text.substring(0, slash);
        String team = slash < 0 ? null : text.substring(slash + 1);
        return new Area(environment.equals(ANY) && team != null ? null : environment, team);
    }

    /** All credentials of an environment. */
    public static Area of(String environment) {
        return new Area(environment, null);
    }

    /** The smallest area that a credential is in. */
    public static Area of(CredentialName credential) {
        return new Area(credential.environment(), credential.team());
    }

    /** Whether the text can be the first or second segment of a name here. */
    public static boolean isSegment(String text) {
        return SEGMENT.matcher(text).matches();
    }

    /** Whether all of the other one lies within this one. */
    public boolean covers(Area other) {
        return (environment == null || environment.equals(other.environment))
                && (team == null || team.equals(other.team));
    }

    private static boolean isSegmentOrNull(@Nullable String text) {
        return text == null || isSegment(text);
    }

    @Override
    public String toString() {
        String first = environment == null ? ANY : environment;
        return team == null ? first : first + '/' + team;
    }
}
