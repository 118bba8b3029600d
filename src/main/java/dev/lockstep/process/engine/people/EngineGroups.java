package dev.lockstep.process.engine.people;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.identity.Group;
import org.jspecify.annotations.Nullable;

/** Keeps the groups and what they may do; a group that policies name and nobody described only receives tasks. */
final class EngineGroups {

    /** The engine's own name for those who may do everything. */
    static final String ADMIN = Groups.CAMUNDA_ADMIN;

    private static final String TYPE = "LOCKSTEP";

    private static final Map<String, String> DESCRIBED = Map.of(
            "operators",
            "Operators: resolve what automation could not",
            "approvers",
            "Approvers: decide whether an operation may happen",
            "security",
            "Security engineers: handle leaks",
            "auditors",
            "Auditors: read everything, change nothing",
            "designers",
            "Process designers: deploy processes",
            "administrators",
            "Administrators",
            ADMIN,
            "Administrators of the engine");

    private final IdentityService identities;
    private final AuthorizationService authorizations;

    EngineGroups(IdentityService identities, AuthorizationService authorizations) {
        this.identities = identities;
        this.authorizations = authorizations;
    }

    /** Idempotent. */
    void createAll() {
        DESCRIBED.keySet().forEach(this::ensure);
        identities.createGroupQuery().groupType(TYPE).list().forEach(group -> grantAll(group.getId()));
    }

    /** Creates the group when there is none of this name. */
    void ensure(String id) {
        if (identities.createGroupQuery().groupId(id).count() == 0) {
            Group group = identities.newGroup(id);
            group.setName(DESCRIBED.getOrDefault(id, id));
            group.setType(TYPE);
            identities.saveGroup(group);
            grantAll(id);
        }
    }

    private void grantAll(String group) {
        Right.of(group).forEach(right -> grant(group, right));
        Right.withdrawn(group).stream()
                .map(right -> find(group, right))
                .filter(Objects::nonNull)
                .forEach(former -> authorizations.deleteAuthorization(former.getId()));
    }

    private void grant(String group, Right right) {
        Authorization granted = find(group, right);
        if (granted == null) {
            granted = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            granted.setGroupId(group);
            granted.setResource(right.resource());
            granted.setResourceId(right.id());
        }
        granted.setPermissions(right.permissions().toArray(Permission[]::new));
        authorizations.saveAuthorization(granted);
    }

    private @Nullable Authorization find(String group, Right right) {
        return authorizations
                .createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .groupIdIn(group)
                .resourceType(right.resource())
                .resourceId(right.id())
                .singleResult();
    }
}
