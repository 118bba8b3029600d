package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All the roles of a user.
 *
 * @param list in alphabetical order, each once
 */
record Grants(List<Grant> list) implements Serializable {

    static final Grants NONE = new Grants(List.of());

    /** What the column takes. */
    private static final int LONGEST = 2000;

    Grants {
        list = List.copyOf(new TreeSet<>(list));
        for (Grant grant : list) {
            if (grant.environment() != null && list.contains(Grant.everywhere(grant.role()))) {
                throw new InvalidInput(
                        "roles", "'" + grant.role().label() + "' is for all environments; leave out '" + grant + "'");
            }
        }
        if (text(list).length() > LONGEST) {
            throw new InvalidInput("roles", "that are too many environments for one user");
        }
    }

    static Grants everywhere(Role... roles) {
        return new Grants(Arrays.stream(roles).map(Grant::everywhere).toList());
    }

    static Grants parse(Collection<String> texts) {
        return new Grants(texts.stream().map(Grant::parse).toList());
    }

    /** Reads what {@link #toString} wrote. */
    static Grants decode(String stored) {
        return stored.isEmpty() ? NONE : parse(List.of(stored.split(",", -1)));
    }

    boolean contain(Role role) {
        return list.stream().anyMatch(grant -> grant.role() == role);
    }

    /** The groups of the engine that all of them together give. */
    Set<String> engineGroups() {
        return list.stream().flatMap(Grant::engineGroups).collect(Collectors.toCollection(TreeSet::new));
    }

    List<String> texts() {
        return list.stream().map(Grant::toString).toList();
    }

    /** Stored form: separated by commas. */
    @Override
    public String toString() {
        return text(list);
    }

    private static String text(List<Grant> list) {
        return list.stream().map(Grant::toString).collect(Collectors.joining(","));
    }
}
