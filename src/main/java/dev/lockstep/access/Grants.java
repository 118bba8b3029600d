package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Reach;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
            wider(grant, list).ifPresent(wide -> {
                throw new InvalidInput("roles", "'" + wide + "' covers '" + grant + "'; leave out '" + grant + "'");
            });
        }
        if (text(list).length() > LONGEST) {
            throw new InvalidInput("roles", "that are too many environments and teams for one user");
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

    /** These grants without those that a wider one makes needless. */
    static Grants merged(Collection<Grant> grants) {
        return new Grants(
                grants.stream().filter(grant -> wider(grant, grants).isEmpty()).toList());
    }

    private static Optional<Grant> wider(Grant grant, Collection<Grant> others) {
        return others.stream()
                .filter(other -> other.role() == grant.role() && !other.equals(grant))
                .filter(other -> other.area().covers(grant.area()))
                .findFirst();
    }

    /** The areas of all grants of these roles. */
    Reach reach(Collection<Role> roles) {
        return new Reach(list.stream()
                .filter(grant -> roles.contains(grant.role()))
                .map(Grant::area)
                .distinct()
                .toList());
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
