package dev.lockstep.access;

import dev.lockstep.domain.LockstepException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks user and password for every surface; what is refused looks and takes the same, whatever the reason. */
final class PasswordLogin implements AuthenticationProvider {

    private final AccessUsers users;
    private final LoginFailures failures;
    private final Passwords passwords;
    private final PasswordRule rule;
    private final LoginRecord logins;
    private final LoginGuard guard;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PasswordLogin(
            AccessUsers users,
            LoginFailures failures,
            Passwords passwords,
            PasswordRule rule,
            LoginRecord logins,
            LoginGuard guard,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.failures = failures;
        this.passwords = passwords;
        this.rule = rule;
        this.logins = logins;
        this.guard = guard;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication request) {
        String id = request.getName();
        String password = Objects.toString(request.getCredentials(), "");
        String address = address(request.getDetails());
        guard.check(address, id);
        try {
            AccessUser user = verified(id, password, address);
            guard.succeeded(address, user.id());
            SignedInUser principal = SignedInUser.of(user);
            UsernamePasswordAuthenticationToken login =
                    UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.authorities());
            login.setDetails(request.getDetails());
            return login;
        } catch (BadCredentialsException refused) {
            failed(address);
            throw refused;
        } catch (DataAccessException | TransactionException | LockstepException e) {
            throw new AuthenticationServiceException("the user store or the audit trail does not answer", e);
        }
    }

    private void failed(String address) {
        try {
            guard.failed(address);
        } catch (DataAccessException | TransactionException | LockstepException e) {
            throw new AuthenticationServiceException("the audit trail does not answer", e);
        }
    }

    private AccessUser verified(String id, String password, String address) {
        Optional<AccessUser> found = AccessUser.isId(id) ? users.find(id) : Optional.empty();
        if (found.isEmpty()) {
            passwords.matchNobody(password);
            transaction.executeWithoutResult(status -> logins.refusedUnknown(address));
            throw refusal();
        }
        AccessUser user = found.get();
        if (user.lockedAt(clock.instant())) {
            // Not in the audit trail: the lock-out is, and what comes within it has no bound.
            passwords.matchNobody(password);
            throw refusal();
        }
        Optional<String> obstacle = obstacle(user);
        if (obstacle.isPresent()) {
            passwords.matchNobody(password);
            transaction.executeWithoutResult(status -> countFailure(user, obstacle.get(), address));
            throw refusal();
        }
        if (passwords.recentlyVerified(password, user.passwordHash())) {
            return user;
        }
        if (!passwords.matches(password, user.passwordHash())) {
            transaction.executeWithoutResult(status -> countFailure(user, "wrong-password", address));
            throw refusal();
        }
        transaction.executeWithoutResult(status -> {
            // With a second factor the login is not over yet: the right password buys no more attempts at the code.
            if (!user.secondFactor()) {
                failures.forget(user.id());
            }
            logins.accepted(user.id(), rule.everybody() ? "password" : "break-glass", address);
        });
        // Only now: a login that could not be written down must not pass as known the next time.
        passwords.remember(password, user.passwordHash());
        return user;
    }

    private Optional<String> obstacle(AccessUser user) {
        if (user.disabled()) {
            return Optional.of("disabled");
        }
        if (!user.local()) {
            return Optional.of("logs-in-at-provider");
        }
        return rule.allows(user.id()) ? Optional.empty() : Optional.of("no-password-login");
    }

    private void countFailure(AccessUser user, String reason, String address) {
        failures.count(user.id());
        logins.refused(user.id(), reason, address);
        Optional<Instant> lockedUntil = users.find(user.id())
                .map(AccessUser::lockedUntil)
                .filter(until -> clock.instant().isBefore(until));
        lockedUntil.ifPresent(until -> logins.locked(user.id(), until, address));
    }

    private static AuthenticationException refusal() {
        return new BadCredentialsException("user or password is wrong");
    }

    private static String address(@Nullable Object details) {
        return details instanceof WebAuthenticationDetails web ? String.valueOf(web.getRemoteAddress()) : "local";
    }
}
