package dev.lockstep.process.engine.people;

import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;

/** What a group may do with all, or one, of a kind of things. */
record Right(Resource resource, String id, List<Permission> permissions) {

    private static final Right PROCESSES_SHOWN = all(
            Resources.PROCESS_DEFINITION,
            ProcessDefinitionPermissions.READ,
            ProcessDefinitionPermissions.READ_INSTANCE);
    private static final Right DECISIONS_SHOWN = all(Resources.DECISION_DEFINITION, Permissions.READ);

    /** The one process that people start by themselves: it only queues what they ask for. */
    private static final Right REQUEST = new Right(
            Resources.PROCESS_DEFINITION,
            "issuance-request",
            List.of(ProcessDefinitionPermissions.READ, ProcessDefinitionPermissions.CREATE_INSTANCE));

    private static final Right MODELS_SHOWN = all(Resources.PROCESS_DEFINITION, ProcessDefinitionPermissions.READ);

    /** The rights of a group; none for a group that only receives tasks. */
    static List<Right> of(String group) {
        return switch (group) {
            case "operators" ->
                List.of(
                        webapp("tasklist"),
                        webapp("cockpit"),
                        all(
                                Resources.PROCESS_DEFINITION,
                                ProcessDefinitionPermissions.READ,
                                ProcessDefinitionPermissions.READ_INSTANCE,
                                ProcessDefinitionPermissions.READ_HISTORY,
                                ProcessDefinitionPermissions.RETRY_JOB),
                        DECISIONS_SHOWN,
                        REQUEST,
                        all(Resources.PROCESS_INSTANCE, Permissions.CREATE));
            case "approvers" -> List.of(webapp("tasklist"), all(Resources.PROCESS_DEFINITION, Permissions.READ));
            case "security" -> List.of(webapp("tasklist"), webapp("cockpit"), PROCESSES_SHOWN, DECISIONS_SHOWN);
            case "auditors" ->
                List.of(
                        webapp("cockpit"),
                        all(
                                Resources.PROCESS_DEFINITION,
                                ProcessDefinitionPermissions.READ,
                                ProcessDefinitionPermissions.READ_INSTANCE,
                                ProcessDefinitionPermissions.READ_TASK,
                                ProcessDefinitionPermissions.READ_HISTORY),
                        all(Resources.DECISION_DEFINITION, Permissions.READ, Permissions.READ_HISTORY),
                        all(Resources.DEPLOYMENT, Permissions.READ),
                        all(Resources.OPERATION_LOG_CATEGORY, UserOperationLogCategoryPermissions.READ));
            case "designers" ->
                List.of(
                        webapp("cockpit"),
                        all(Resources.DEPLOYMENT, Permissions.CREATE, Permissions.READ),
                        PROCESSES_SHOWN,
                        DECISIONS_SHOWN);
            case EngineGroups.ADMIN ->
                List.of(Resources.values()).stream()
                        .map(resource -> all(resource, Permissions.ALL))
                        .toList();
            default -> ofLimited(group);
        };
    }

    /**
     * The rights of a role that is limited to environments or teams, whose groups are named like
     * {@code operators-test}: the engine cannot tell instances of several environments apart, so such a role sees none
     * of them but by the tasks that it receives.
     */
    private static List<Right> ofLimited(String group) {
        if (group.startsWith("operators-")) {
            return List.of(
                    webapp("tasklist"), MODELS_SHOWN, REQUEST, all(Resources.PROCESS_INSTANCE, Permissions.CREATE));
        }
        return group.startsWith("approvers-") || group.startsWith("security-")
                ? List.of(webapp("tasklist"), MODELS_SHOWN)
                : List.of();
    }

    /** What earlier versions gave to a group, and is taken away from it. */
    static List<Right> withdrawn(String group) {
        return group.startsWith("operators-") ? List.of(webapp("cockpit"), DECISIONS_SHOWN) : List.of();
    }

    private static Right all(Resource resource, Permission... permissions) {
        return new Right(resource, Authorization.ANY, List.of(permissions));
    }

    private static Right webapp(String name) {
        return new Right(Resources.APPLICATION, name, List.of(Permissions.ACCESS));
    }
}
