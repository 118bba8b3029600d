package dev.lockstep.access;

import dev.lockstep.access.ProviderRefusal.Reason;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets people in whom the provider has checked, and keeps a row of each, so that they can be seen, named by tasks, and
 * disabled. Who they are is the provider's subject: a name that it gives to somebody else later opens nothing.
 */
final class ProvidedPeople {

    private final AccessUsers users;
    private final EngineDirectory engine;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final ProviderProperties provider;
    private final ProviderRoles roles;
    private final Clock clock;

    ProvidedPeople(
            AccessUsers users,
            EngineDirectory engine,
            AuditTrail trail,
            TransactionTemplate transaction,
            ProviderProperties provider,
            Clock clock) {
        this.users = users;
        this.engine = engine;
        this.trail = trail;
        this.transaction = transaction;
        this.provider = provider;
        this.roles = new ProviderRoles(provider.rolesClaim(), provider.grants());
        this.clock = clock;
    }

    /**
     * Who comes with a token: has the roles that it tells, and nothing that is kept is changed by it.
     *
     * @throws ProviderRefusal when that is nobody here
     */
    SignedInUser admit(String subject, Map<String, Object> claims) {
        return stored(() -> {
            Grants grants = granted(claims);
            return signedIn(known(subject, claims, grants), grants);
        });
    }

    /**
     * Who logs in with a browser, or goes on there: the roles are noted for the list of users and the engine.
     *
     * @param how what the audit trail shall know about the login; empty when it is none
     * @throws ProviderRefusal when that is nobody here
     */
    SignedInUser welcome(String subject, Map<String, Object> claims, Map<String, String> how) {
        return stored(() -> {
            Grants grants = granted(claims);
            AccessUser user = known(subject, claims, grants);
            if (users.setToldRoles(user.id(), grants)) {
                engine.mirror(user.id(), user.displayName(), grants.engineGroups());
                tell(
                        user.id(),
                        "user.set-roles",
                        Map.of(
                                "roles",
                                grants.toString(),
                                "before",
                                user.grants().toString(),
                                "told-by",
                                provider.issuer()));
            }
            if (!how.isEmpty()) {
                Map<String, String> details = new HashMap<>(how);
                details.put("provider", provider.issuer());
                tell(user.id(), "login.accept", details);
            }
            return signedIn(user, grants);
        });
    }

    private SignedInUser stored(Supplier<SignedInUser> work) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> work.get()));
        } catch (DuplicateKeyException taken) {
            // Two first requests of one person at once, or of two with one name: the next one sees which.
            throw new ProviderRefusal(Reason.FAILED);
        } catch (DataAccessException | TransactionException | LockstepException e) {
            throw new AuthenticationServiceException("the user store or the audit trail does not answer", e);
        }
    }

    private Grants granted(Map<String, Object> claims) {
        Grants grants = roles.of(claims);
        if (grants.list().isEmpty()) {
            throw new ProviderRefusal(Reason.NO_ROLE);
        }
        return grants;
    }

    private AccessUser known(String subject, Map<String, Object> claims, Grants grants) {
        AccessUser user = users.findProvided(provider.issuer(), subject).orElseGet(() -> add(subject, claims, grants));
        if (user.disabled()) {
            throw new ProviderRefusal(Reason.DISABLED);
        }
        return user;
    }

    private AccessUser add(String subject, Map<String, Object> claims, Grants grants) {
        String id = String.valueOf(claims.get(provider.userClaim())).toLowerCase(Locale.ROOT);
        if (claims.get(provider.userClaim()) == null || !AccessUser.isId(id)) {
            throw new ProviderRefusal(Reason.NO_NAME);
        }
        if (users.find(id).isPresent()) {
            throw new ProviderRefusal(Reason.TAKEN);
        }
        String displayName = displayName(claims, id);
        users.insertProvided(id, displayName, provider.issuer(), subject, grants, clock.instant());
        engine.mirror(id, displayName, grants.engineGroups());
        tell(id, "user.create", Map.of("roles", grants.toString(), "told-by", provider.issuer()));
        return users.find(id).orElseThrow();
    }

    private static String displayName(Map<String, Object> claims, String id) {
        return claims.get("name") instanceof String name && AccessUser.isDisplayName(name) ? name : id;
    }

    private static SignedInUser signedIn(AccessUser user, Grants grants) {
        return new SignedInUser(user.id(), grants, user.revision(), false, false);
    }

    private void tell(String user, String action, Map<String, String> details) {
        trail.append(new AuditEvent(user, action, AuditEvent.Phase.FACT, user, null, details));
    }
}
