package dev.lockstep.access;

import java.util.List;
import java.util.stream.Collectors;

/** What somebody may do on the surfaces. */
enum Action {
    /** See inventory, operations, incidents, processes and metrics. */
    READ,
    /** Read and verify the audit trail. */
    READ_AUDIT,
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
    /** See who may log in, and change it. */
    MANAGE_USERS,
    /** Look into Lockstep itself. */
    INSPECT;

    /** Each of them is enough. */
    List<Role> roles() {
        return switch (this) {
            case READ -> List.of(Role.values());
            case READ_AUDIT -> List.of(Role.AUDITOR, Role.ADMINISTRATOR);
            case OPERATE -> List.of(Role.OPERATOR);
            case RESPOND -> List.of(Role.OPERATOR, Role.SECURITY);
            case USE_ENGINE ->
                List.of(Role.OPERATOR, Role.APPROVER, Role.SECURITY, Role.AUDITOR, Role.DESIGNER, Role.ADMINISTRATOR);
            case DEPLOY, PLAN -> List.of(Role.DESIGNER, Role.ADMINISTRATOR);
            case CONFIGURE, MANAGE_USERS, INSPECT -> List.of(Role.ADMINISTRATOR);
        };
    }

    /** Whether it changes a credential, so that the environments of a limited role count. */
    boolean touchesCredentials() {
        return this == OPERATE || this == RESPOND;
    }

    /** The roles in words. */
    String needs() {
        return "the role " + roles().stream().map(Role::label).collect(Collectors.joining(" or "));
    }
}
