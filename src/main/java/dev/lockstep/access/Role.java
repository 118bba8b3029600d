package dev.lockstep.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
    /** Deploys processes, and plans changes of the configuration. */
    DESIGNER,
    /** Manages users, the configuration, the engine and everything about it. */
    ADMINISTRATOR;

    static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    /** Whether the role may be given for single environments and teams. */
    boolean limitable() {
        return this != DESIGNER && this != ADMINISTRATOR;
    }

    /** Why it may not. */
    String whyNot() {
        return this == DESIGNER
                ? "processes are deployed for all environments"
                : "users, the configuration and the engine belong to no environment";
    }

    /** The groups of the engine that the role gives. */
    Stream<String> engineGroups() {
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

    /** What the role is for, in words for people who give it. */
    String meaning() {
        return switch (this) {
            case VIEWER -> "reads inventory, operations and metrics";
            case OPERATOR -> "starts and rolls back rotations, handles what automation could not";
            case APPROVER -> "says yes or no to operations that need approval";
            case SECURITY -> "reports leaks and handles incidents";
            case AUDITOR -> "reads everything and verifies the audit trail";
            case DESIGNER -> "deploys processes, plans changes of the configuration";
            case ADMINISTRATOR -> "manages users, the configuration and the engine";
        };
    }

    /** Lower-case name, for example {@code operator}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
