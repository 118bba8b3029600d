package dev.lockstep.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a user may do; a user may have several. None includes another. */
public enum Role {
    /** Reads the inventory, operations and metrics. */
    VIEWER,
    /** Starts and rolls back rotations, and handles what automation could not. */
    OPERATOR,
    /** Says yes or no to operations that need approval. */
    APPROVER,
    /** Reports leaks and reviews incidents. */
    SECURITY,
    /** Reads everything and verifies the audit trail. */
    AUDITOR,
    /** Deploys processes. */
    DESIGNER,
    /** Manages users, the engine and everything about it. */
    ADMINISTRATOR;

    /** The groups of the engine that all these roles together give. */
    static Set<String> engineGroups(Collection<Role> roles) {
        return roles.stream().flatMap(Role::engineGroups).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Stored form: names in lower case, separated by commas. */
    static String encode(Collection<Role> roles) {
        return roles.stream().map(Role::label).sorted().collect(Collectors.joining(","));
    }

    static Set<Role> decode(String stored) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(stored.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(roles::add);
        return roles;
    }

    private Stream<String> engineGroups() {
        return switch (this) {
            case VIEWER -> Stream.empty();
            case OPERATOR -> Stream.of("operators");
            case APPROVER -> Stream.of("approvers");
            case SECURITY -> Stream.of("security");
            case AUDITOR -> Stream.of("auditors");
            case DESIGNER -> Stream.of("designers");
            case ADMINISTRATOR -> Stream.of("administrators", "camunda-admin");
        };
    }

    /** Lower-case name, for example {@code operator}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
