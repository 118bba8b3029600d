package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody may do on the surfaces. */
enum Action {
    /** See inventory, operations, incidents, processes and metrics. */
    READ,
    /** Read and verify the audit trail. */
    READ_AUDIT,
    /** Ask what others may do. */
    REVIEW_ACCESS,
    /** Start, roll back and resume operations of a credential, and change its consumers. */
    OPERATE,
    /** Report a leak and handle the incident. */
    RESPOND,
    /** Come as far as the engine, whose own authorizations decide further. */
    USE_ENGINE,
    /** Deploy processes, try them, and say who runs on which version. */
    DEPLOY,
    /** See what a change of the configuration would do. */
    PLAN,
    /** Change the configuration. */
    CONFIGURE,
    /** Give programs what they log in with, and take it away. */
    ADMIT,
    /** See who may log in, and change it. */
    MANAGE_USERS,
    /** Look into Lockstep itself. */
    INSPECT;

    /** @throws InvalidInput when there is none of that label */
    static Action of(String label) {
        return Stream.of(values())
                .filter(action -> action.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "action",
                        "action is one of "
                                + Stream.of(values()).map(Action::label).collect(Collectors.joining(", "))));
    }

    /** Lower-case name, for example {@code manage-users}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Each of them is enough. */
    List<Role> roles() {
        return switch (this) {
            case READ -> List.of(Role.values());
            case READ_AUDIT, REVIEW_ACCESS -> List.of(Role.AUDITOR, Role.ADMINISTRATOR);
            case OPERATE -> List.of(Role.OPERATOR);
            case ADMIT -> List.of(Role.OPERATOR, Role.ADMINISTRATOR);
            case RESPOND -> List.of(Role.OPERATOR, Role.SECURITY);
            case USE_ENGINE ->
                List.of(Role.OPERATOR, Role.APPROVER, Role.SECURITY, Role.AUDITOR, Role.DESIGNER, Role.ADMINISTRATOR);
            case DEPLOY, PLAN -> List.of(Role.DESIGNER, Role.ADMINISTRATOR);
            case CONFIGURE, MANAGE_USERS, INSPECT -> List.of(Role.ADMINISTRATOR);
        };
    }

    /** Whether environments and teams of a limited role count; in the engine its own authorizations see to that. */
    boolean hasArea() {
        return this == READ || this == READ_AUDIT || this == REVIEW_ACCESS || touchesCredentials();
    }

    /** Whether it changes a credential. */
    private boolean touchesCredentials() {
        return this == OPERATE || this == RESPOND || this == ADMIT;
    }

    /** Whether a change of that kind asks for a fresh second factor, where that is configured. */
    boolean cannotBeTakenBack() {
        return touchesCredentials() || this == CONFIGURE || this == MANAGE_USERS;
    }

    /** The roles in words. */
    String needs() {
        return "the role " + roles().stream().map(Role::label).collect(Collectors.joining(" or "));
    }
}
