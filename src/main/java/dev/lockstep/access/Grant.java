package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.InvalidInput;
import java.io.Serializable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A role that a user has, written {@code approver}, {@code approver@prod}, {@code approver@prod/shop} or <code>
 * approver@*&#47;shop</code>.
 *
 * @param area the credentials that it is for
 */
record Grant(Role role, Area area) implements Comparable<Grant>, Serializable {

    private static final String FIELD = "roles";

    /** Environment and team together fit into the name of a group in the engine. */
    private static final int LONGEST = 50;

    Grant {
        if (!area.equals(Area.EVERYTHING) && !role.limitable()) {
            throw new InvalidInput(
                    FIELD,
                    "the role '" + role.label() + "' cannot be limited to environments or teams: " + role.whyNot());
        }
        if (length(area.environment()) + length(area.team()) > LONGEST) {
            throw new InvalidInput(FIELD, "environment and team have at most 50 characters together");
        }
    }

    static Grant everywhere(Role role) {
        return new Grant(role, Area.EVERYTHING);
    }

    static Grant parse(String text) {
        int at = text.indexOf('@');
        String label = at < 0 ? text : text.substring(0, at);
        Role role = Role.of(label)
                .orElseThrow(() -> new InvalidInput(
                        FIELD, "there is no such role; the roles are " + Grants.everywhere(Role.values())));
        return at < 0 ? everywhere(role) : new Grant(role, area(text.substring(at + 1)));
    }

    private static Area area(String text) {
        try {
            return Area.parse(text);
        } catch (InvalidInput malformed) {
            throw new InvalidInput(FIELD, String.valueOf(malformed.getMessage()));
        }
    }

    private static int length(@Nullable String segment) {
        return segment == null ? 0 : segment.length();
    }

    boolean limited() {
        return !area.equals(Area.EVERYTHING);
    }

    boolean reaches(Area about) {
        return area.covers(about);
    }

    /**
     * A limited role has groups of its own in the engine, which receive the tasks of their area only: for example
     * {@code operators-prod}, {@code operators-prod:shop} and {@code operators-:shop}.
     */
    Stream<String> engineGroups() {
        return role.engineGroups().map(group -> limited() ? group + suffix() : group);
    }

    private String suffix() {
        String environment = area.environment() == null ? "" : area.environment();
        return area.team() == null ? "-" + environment : "-" + environment + ":" + area.team();
    }

    @Override
    public int compareTo(Grant other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return limited() ? role.label() + "@" + area : role.label();
    }
}
