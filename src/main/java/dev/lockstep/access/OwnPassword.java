package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import java.time.Clock;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets users replace their own passwords. */
public final class OwnPassword {

    private final AccessUsers users;
    private final LoginFailures failures;
    private final Passwords passwords;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OwnPassword(
            AccessUsers users,
            LoginFailures failures,
            Passwords passwords,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.failures = failures;
        this.passwords = passwords;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Replaces the password; all sessions of the user end.
     *
     * @throws InvalidInput when the present password is wrong, or the next one too short, too long or the same
     */
    public void change(String id, SecretValue present, SecretValue next) {
        AccessUser user = verified(id, present);
        if (next.equals(present)) {
            throw new InvalidInput("next", "the next password is the same as the present one");
        }
        String hash = passwords.hash(next);
        transaction.executeWithoutResult(status -> {
            if (!users.setPassword(id, user.passwordHash(), hash)) {
                throw new InvalidInput("present", "the password was changed by somebody else just now");
            }
            tell(id, "user.change-password");
        });
    }

    /** A wrong password counts as a failed login: an open session is no place to guess without limit. */
    private AccessUser verified(String id, SecretValue present) {
        AccessUser user = users.find(AccessUser.requireId(id)).orElseThrow(OwnPassword::wrong);
        if (!user.local() || user.disabled() || user.lockedAt(clock.instant())) {
            throw wrong();
        }
        if (!passwords.matches(Passwords.text(present), user.passwordHash())) {
            transaction.executeWithoutResult(status -> {
                failures.count(id);
                tell(id, "user.refuse-password-change");
            });
            throw wrong();
        }
        return user;
    }

    private void tell(String id, String action) {
        trail.append(new AuditEvent(id, action, AuditEvent.Phase.FACT, id, null, Map.of()));
    }

    private static InvalidInput wrong() {
        return new InvalidInput("present", "the present password is wrong");
    }
}
