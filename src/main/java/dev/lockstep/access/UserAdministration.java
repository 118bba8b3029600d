package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates and changes users; each change is in the audit trail and in the engine in the same transaction. */
public final class UserAdministration {

    private final AccessUsers users;
    private final Passwords passwords;
    private final EngineDirectory engine;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UserAdministration(
            AccessUsers users,
            Passwords passwords,
            EngineDirectory engine,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.engine = engine;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Creates a user that can log in at once.
     *
     * @param actor who does it, for the audit trail
     * @throws InvalidInput when the id is malformed or taken, or name or password are too short or too long
     */
    public void create(String actor, String id, String displayName, SecretValue password, Set<Role> roles) {
        insert(actor, id, displayName, password, false, Grants.everywhere(roles.toArray(Role[]::new)));
    }

    /** Creates a user with a generated password, which has to be replaced at the first login. */
    SecretValue invite(String actor, String id, String displayName, Grants grants) {
        SecretValue password = SecretValue.of(passwords.generate());
        insert(actor, id, displayName, password, true, grants);
        return password;
    }

    private void insert(
            String actor, String id, String displayName, SecretValue password, boolean oneTime, Grants grants) {
        AccessUser.requireId(id);
        AccessUser.requireDisplayName(displayName);
        String hash = passwords.hash(password);
        try {
            transaction.executeWithoutResult(status -> {
                users.insert(id, displayName, hash, oneTime, grants, clock.instant());
                engine.mirror(id, displayName, grants.engineGroups());
                tell(actor, "user.create", id, Map.of("roles", grants.toString()));
            });
        } catch (DuplicateKeyException taken) {
            throw new InvalidInput("id", "there is already a user '" + id + "'");
        }
    }

    /** Changes what is not null; a change of roles ends open sessions, so that none goes on with the old ones. */
    void change(String actor, String id, @Nullable String displayName, @Nullable Grants grants) {
        transaction.executeWithoutResult(status -> {
            List<AccessUser> all = users.lock();
            AccessUser user = require(all, id);
            if (!user.local()) {
                throw elsewhere("id", user, "name and roles are changed there");
            }
            if (displayName != null && users.rename(id, AccessUser.requireDisplayName(displayName))) {
                tell(actor, "user.rename", id, Map.of("from", user.displayName(), "to", displayName));
            }
            if (grants != null && !grants.contain(Role.ADMINISTRATOR)) {
                requireOtherAdministrator("roles", user, all);
            }
            if (grants != null && users.setRoles(id, grants)) {
                tell(
                        actor,
                        "user.set-roles",
                        id,
                        Map.of(
                                "roles",
                                grants.toString(),
                                "before",
                                user.grants().toString()));
            }
            mirror(id);
        });
    }

    /** Generates a password that has to be replaced at the next login; open sessions and a lock-out end. */
    SecretValue resetPassword(String actor, String id) {
        SecretValue password = SecretValue.of(passwords.generate());
        String hash = passwords.hash(password);
        transaction.executeWithoutResult(status -> {
            AccessUser user = require(users.lock(), id);
            if (!user.local()) {
                throw elsewhere("id", user, "there is no password of it here");
            }
            users.resetPassword(id, hash);
            tell(actor, "user.reset-password", id, Map.of());
        });
        return password;
    }

    /** Refuses every further request of the user, also on open sessions. Does nothing when it is disabled already. */
    public void disable(String actor, String id) {
        transaction.executeWithoutResult(status -> {
            List<AccessUser> all = users.lock();
            requireOtherAdministrator("id", require(all, id), all);
            if (users.disable(id, clock.instant())) {
                engine.remove(id);
                tell(actor, "user.disable", id, Map.of());
            }
        });
    }

    /** Lets the user log in again, with the password from before. Does nothing when it is not disabled. */
    void enable(String actor, String id) {
        transaction.executeWithoutResult(status -> {
            require(users.lock(), id);
            if (users.enable(id)) {
                mirror(id);
                tell(actor, "user.enable", id, Map.of());
            }
        });
    }

    private void mirror(String id) {
        users.find(id)
                .filter(user -> !user.disabled())
                .ifPresent(user ->
                        engine.mirror(id, user.displayName(), user.grants().engineGroups()));
    }

    /** Without an administrator nobody could repair anything, and the engine would offer to create one to anybody. */
    private static void requireOtherAdministrator(String field, AccessUser user, List<AccessUser> all) {
        boolean last = all.stream()
                .filter(AccessUser::activeAdministrator)
                .allMatch(each -> each.id().equals(user.id()));
        if (last && user.activeAdministrator()) {
            throw new InvalidInput(field, "'" + user.id() + "' is the last administrator; make another one first");
        }
    }

    private static InvalidInput elsewhere(String field, AccessUser user, String so) {
        return new InvalidInput(field, "'" + user.id() + "' logs in at " + user.provider() + "; " + so);
    }

    private static AccessUser require(List<AccessUser> all, String id) {
        return all.stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("id", "there is no such user"));
    }

    private void tell(String actor, String action, String id, Map<String, String> details) {
        trail.append(new AuditEvent(actor, action, AuditEvent.Phase.FACT, id, null, details));
    }
}
