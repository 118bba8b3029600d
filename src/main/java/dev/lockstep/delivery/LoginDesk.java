package dev.lockstep.delivery;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Identities;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.SecretIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Issues and revokes what programs log in with, each time together with its record. */
final class LoginDesk implements MachineLogins {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(400);

    private final Identities identities;
    private final SecretIds secretIds;
    private final ReaderTokens tokens;
    private final Secrets secrets;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LoginDesk(
            Identities identities,
            SecretIds secretIds,
            ReaderTokens tokens,
            Secrets secrets,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.identities = identities;
        this.secretIds = secretIds;
        this.tokens = tokens;
        this.secrets = secrets;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Issued issue(String name, Optional<Duration> life, String by) {
        Identity identity = identities
                .identity(name)
                .orElseThrow(() -> new InvalidInput("identity", "the configuration has no such identity"));
        if (!(identity.login() instanceof Identity.AppRole approle)) {
            throw new InvalidInput(
                    "identity", name + " logs in by " + identity.login().method() + ", which takes no secret_id");
        }
        Duration valid = life.orElse(approle.secretLife());
        if (valid.compareTo(SHORTEST) < 0 || valid.compareTo(LONGEST) > 0) {
            throw new InvalidInput("life", "a secret_id is valid for 10 seconds to 400 days");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SecretIds.SecretId made = new SecretIds.SecretId(secrets.accessor(), name, by, now, now.plus(valid), null);
        SecretValue secret = secrets.next(Secrets.SECRET_ID);
        String hash = secret.expose(Digests::sha256);
        return inTransaction(() -> {
            secretIds.add(hash, made);
            tell(by, "identity.issue-secret", name, Map.of("accessor", made.accessor()));
            return new Issued(secret, made);
        });
    }

    @Override
    public List<SecretIds.SecretId> secretIds(String identity) {
        return secretIds.of(identity);
    }

    @Override
    public List<ReaderTokens.Token> tokens(String identity) {
        return tokens.of(identity);
    }

    @Override
    public boolean revokeSecretId(String identity, String accessor, String by) {
        return inTransaction(() -> {
            boolean revoked = secretIds.revoke(identity, accessor);
            if (revoked) {
                tell(by, "identity.revoke-secret", identity, Map.of("accessor", accessor));
            }
            return revoked;
        });
    }

    @Override
    public boolean revokeToken(String identity, String accessor, String by) {
        return inTransaction(() -> {
            boolean known = tokens.of(identity).stream()
                    .anyMatch(token -> token.accessor().equals(accessor));
            if (known) {
                tokens.revoke(accessor);
                tell(by, "identity.revoke-token", identity, Map.of("accessor", accessor));
            }
            return known;
        });
    }

    @Override
    public int revokeTokens(String identity, String by) {
        return inTransaction(() -> {
            int revoked = tokens.revokeAll(identity);
            tell(by, "identity.revoke-tokens", identity, Map.of("tokens", Integer.toString(revoked)));
            return revoked;
        });
    }

    private void tell(String by, String action, String identity, Map<String, String> details) {
        audit.append(new AuditEvent(by, action, AuditEvent.Phase.FACT, "identity " + identity, null, details));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
