package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who gets a task: a group as a whole, and those of its members whose role is limited to environments or teams. */
final class Groups {

    private static final String SEPARATOR = ",";

    private Groups() {}

    /** Candidate groups as the engine reads them, separated by a comma. */
    static String of(String group, CredentialName credential) {
        return group.isEmpty() ? "" : group + SEPARATOR + String.join(SEPARATOR, limited(group, credential));
    }

    /** The parts of a group whose role is limited to the environment of the credential, to its team, or to both. */
    static List<String> limited(String group, CredentialName credential) {
        String environment = credential.environment();
        String team = credential.team();
        return List.of(group + '-' + environment, group + '-' + environment + ':' + team, group + "-:" + team);
    }

    /** Likewise of several credentials: the parts that reach them all. */
    static String of(String group, Collection<CredentialName> credentials) {
        List<String> parts = new ArrayList<>(List.of(group));
        credentials.stream()
                .map(credential -> new LinkedHashSet<>(limited(group, credential)))
                .reduce((one, other) -> {
                    one.retainAll(other);
                    return one;
                })
                .ifPresent(parts::addAll);
        return group.isEmpty() ? "" : String.join(SEPARATOR, parts);
    }

    /** The groups without their own parts, as they are told to people. */
    static SortedSet<String> withoutParts(Collection<String> groups, Optional<CredentialName> credential) {
        SortedSet<String> told = new TreeSet<>(groups);
        told.removeIf(group -> groups.stream()
                .filter(whole -> !whole.equals(group))
                .anyMatch(whole -> credential
                        .map(name -> limited(whole, name).contains(group))
                        .orElseGet(() -> group.startsWith(whole + '-'))));
        return told;
    }
}
