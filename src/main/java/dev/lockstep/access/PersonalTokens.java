package dev.lockstep.access;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.LoginRefused;
import dev.lockstep.port.LoginRefused.Reason;
import dev.lockstep.port.SecondFactors;
import dev.lockstep.port.TokenLogins;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives tokens to people: each is a session without a cookie, of which only a hash is kept. */
final class PersonalTokens implements TokenLogins {

    /** By which a token is known for one of these, and found by scanners. */
    static final String PREFIX = "lockstep_pt_";

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final AuthenticationProvider passwords;
    private final SecondFactors factors;
    private final LoginGuard guard;
    private final AccessSessions sessions;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PersonalTokens(
            AuthenticationProvider passwords,
            SecondFactors factors,
            LoginGuard guard,
            AccessSessions sessions,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        this.passwords = passwords;
        this.factors = factors;
        this.guard = guard;
        this.sessions = sessions;
        this.trail = trail;
        this.transaction = transaction;
        this.clock = clock;
    }

    static String hash(String token) {
        return Digests.sha256(token);
    }

    @Override
    public Token logIn(String user, SecretValue password, @Nullable SecretValue code, String address, String agent) {
        SignedInUser known = checked(user, password, address);
        if (known.mustReplacePassword()) {
            throw LoginRefused.because(Reason.ONE_TIME_PASSWORD);
        }
        return issue(known, factorAt(known, code, address), address, agent);
    }

    private SignedInUser checked(String user, SecretValue password, String address) {
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.unauthenticated(user, Passwords.text(password));
        login.setDetails(new WebAuthenticationDetails(address, null));
        try {
            return SignedInUser.of(passwords.authenticate(login)).orElseThrow(() -> LoginRefused.because(Reason.WRONG));
        } catch (TooManyLogins limited) {
            throw LoginRefused.tooMany(limited.retryAfter());
        } catch (AuthenticationServiceException silent) {
            throw new RetryableException(FailureCode.AUDIT_UNAVAILABLE, "logins cannot be checked now", silent);
        } catch (AuthenticationException refused) {
            throw LoginRefused.because(Reason.WRONG);
        }
    }

    /** Null for who has no second factor. */
    private @Nullable Instant factorAt(SignedInUser user, @Nullable SecretValue code, String address) {
        if (!user.secondFactor()) {
            return null;
        }
        if (code == null) {
            throw LoginRefused.because(Reason.CODE_NEEDED);
        }
        try {
            factors.give(user.userId(), code);
            return clock.instant();
        } catch (InvalidInput wrong) {
            guard.failed(address);
            throw LoginRefused.because(Reason.WRONG);
        }
    }

    private Token issue(SignedInUser user, @Nullable Instant factorAt, String address, String agent) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String session = transaction.execute(status -> {
            String id = sessions.beginWithToken(user, hash(token), address, agent, factorAt);
            trail.append(new AuditEvent(
                    user.userId(),
                    "token.issue",
                    AuditEvent.Phase.FACT,
                    user.userId(),
                    null,
                    Map.of("session", id, "address", address)));
            return id;
        });
        return new Token(SecretValue.of(token), String.valueOf(session), sessions.lastsUntil(clock.instant()));
    }
}
