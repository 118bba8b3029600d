package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates and changes users; each change is in the audit trail and in the engine in the same transaction. */
public final class UserAdministration {

    private static final int MAX_DISPLAY_NAME = 200;

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
        AccessUser.requireId(id);
        if (displayName.isBlank() || displayName.length() > MAX_DISPLAY_NAME) {
            throw new InvalidInput("displayName", "a display name has 1 to " + MAX_DISPLAY_NAME + " characters");
        }
        String hash = passwords.hash(password);
        try {
            transaction.executeWithoutResult(status -> {
                users.insert(id, displayName, hash, roles, clock.instant());
                engine.mirror(id, displayName, Role.engineGroups(roles));
                tell(actor, "user.create", id, Map.of("roles", Role.encode(roles)));
            });
        } catch (DuplicateKeyException taken) {
            throw new InvalidInput("id", "there is already a user '" + id + "'");
        }
    }

    /** Refuses every further request of the user, also on open sessions. Does nothing when it is disabled already. */
    public void disable(String actor, String id) {
        transaction.executeWithoutResult(status -> {
            requireOtherAdministrator(id);
            if (users.disable(id, clock.instant())) {
                engine.remove(id);
                tell(actor, "user.disable", id, Map.of());
            }
        });
    }

    /** Gives the user exactly these roles; open sessions end, so that none goes on with the old ones. */
    public void setRoles(String actor, String id, Set<Role> roles) {
        transaction.executeWithoutResult(status -> {
            if (!roles.contains(Role.ADMINISTRATOR)) {
                requireOtherAdministrator(id);
            }
            AccessUser user = require(id);
            if (users.setRoles(id, roles)) {
                if (!user.disabled()) {
                    engine.mirror(id, user.displayName(), Role.engineGroups(roles));
                }
                tell(actor, "user.set-roles", id, Map.of("roles", Role.encode(roles)));
            }
        });
    }

    /** Without an administrator nobody could repair anything, and the engine would offer to create one to anybody. */
    private void requireOtherAdministrator(String id) {
        boolean other = users.lock().stream()
                .anyMatch(user -> user.activeAdministrator() && !user.id().equals(id));
        if (!other) {
            throw new InvalidInput("id", "'" + id + "' is the last administrator; make another one first");
        }
    }

    private AccessUser require(String id) {
        return users.find(AccessUser.requireId(id))
                .orElseThrow(() -> new InvalidInput("id", "there is no user '" + id + "'"));
    }

    private void tell(String actor, String action, String id, Map<String, String> details) {
        trail.append(new AuditEvent(actor, action, AuditEvent.Phase.FACT, id, null, details));
    }
}
