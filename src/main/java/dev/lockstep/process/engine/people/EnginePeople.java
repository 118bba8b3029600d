package dev.lockstep.process.engine.people;

import dev.lockstep.port.EngineDirectory;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;

/** Copies people into the engine's own tables, with a password that nobody knows: the engine never checks one. */
final class EnginePeople implements EngineDirectory {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 48;
    private static final String ADMINISTRATORS = "administrators";

    private final IdentityService identities;
    private final AuthorizationService authorizations;
    private final EngineGroups groups;
    private final OwnWork own;

    EnginePeople(IdentityService identities, AuthorizationService authorizations, EngineGroups groups, OwnWork own) {
        this.identities = identities;
        this.authorizations = authorizations;
        this.groups = groups;
        this.own = own;
    }

    @Override
    public void mirror(String userId, String displayName, Set<String> groupIds) {
        own.run(() -> {
            save(userId, displayName);
            join(userId, withAdmin(groupIds));
        });
    }

    @Override
    public void remove(String userId) {
        own.run(() -> {
            identities.deleteUser(userId);
            authorizations
                    .createAuthorizationQuery()
                    .userIdIn(userId)
                    .list()
                    .forEach(right -> authorizations.deleteAuthorization(right.getId()));
        });
    }

    private void save(String userId, String displayName) {
        @Nullable User user = identities.createUserQuery().userId(userId).singleResult();
        if (user != null) {
            if (!displayName.equals(user.getFirstName())) {
                user.setFirstName(displayName);
                identities.saveUser(user);
            }
            return;
        }
        User created = identities.newUser(userId);
        created.setFirstName(displayName);
        created.setLastName("");
        created.setPassword(unknownPassword());
        identities.saveUser(created);
        onlyReadsOneself(userId);
    }

    /** The engine lets everybody change and delete their own user; here another place is in charge of that. */
    private void onlyReadsOneself(String userId) {
        Authorization own = authorizations
                .createAuthorizationQuery()
                .userIdIn(userId)
                .resourceType(Resources.USER)
                .resourceId(userId)
                .singleResult();
        own.setPermissions(new Permission[] {Permissions.READ});
        authorizations.saveAuthorization(own);
    }

    private void join(String userId, Set<String> wanted) {
        Set<String> joined = identities.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
        joined.stream()
                .filter(group -> !wanted.contains(group))
                .forEach(group -> identities.deleteMembership(userId, group));
        wanted.stream().filter(group -> !joined.contains(group)).forEach(group -> {
            groups.ensure(group);
            identities.createMembership(userId, group);
        });
    }

    private static Set<String> withAdmin(Set<String> groupIds) {
        Set<String> wanted = new TreeSet<>(groupIds);
        if (wanted.contains(ADMINISTRATORS)) {
            wanted.add(EngineGroups.ADMIN);
        }
        return wanted;
    }

    private static String unknownPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
