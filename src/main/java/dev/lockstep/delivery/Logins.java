package dev.lockstep.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Identity;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Identities;
import dev.lockstep.port.SecretIds;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets programs in by what they prove; what is refused looks the same whatever the reason. */
final class Logins {

    private static final String NOBODY = "(unknown)";
    private static final int LONGEST = 16 * 1024;

    private final Identities identities;
    private final SecretIds secretIds;
    private final JwtProof proof;
    private final ReviewProof review;
    private final Tokens tokens;
    private final Limits limits;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final DeliveryMetrics metrics;

    Logins(
            Identities identities,
            SecretIds secretIds,
            JwtProof proof,
            ReviewProof review,
            Tokens tokens,
            Limits limits,
            AuditTrail audit,
            TransactionTemplate transaction,
            DeliveryMetrics metrics) {
        this.identities = identities;
        this.secretIds = secretIds;
        this.proof = proof;
        this.review = review;
        this.tokens = tokens;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /**
     * The protocol's {@code auth} for a login.
     *
     * @param method {@code approle}, {@code jwt} or {@code kubernetes}
     */
    Map<String, Object> login(String method, JsonNode body, InetAddress from) {
        boolean approle = method.equals("approle");
        String role = body.path(approle ? "role_id" : "role").asText();
        String secret = body.path(approle ? "secret_id" : "jwt").asText();
        if (role.isEmpty() || secret.isEmpty() || secret.length() > LONGEST) {
            throw Refused.because(400, approle ? "role_id and secret_id are needed" : "role and jwt are needed");
        }
        Optional<Identity> known =
                identities.identity(role).filter(each -> each.login().method().equals(method));
        String who = known.map(Identity::name).orElse(NOBODY) + " from " + from.getHostAddress();
        limits.check(who);
        Optional<Map<String, Object>> auth = known.filter(identity -> Callers.mayComeFrom(identity, from))
                .flatMap(identity -> admitted(identity, secret, from));
        metrics.login(method, auth.isPresent());
        return auth.orElseThrow(() -> refused(method, known.map(Identity::name).orElse(NOBODY), who, from));
    }

    private Optional<Map<String, Object>> admitted(Identity identity, String secret, InetAddress from) {
        if (identity.login() instanceof Identity.Jwt jwt) {
            return signed(identity, jwt, secret, from);
        }
        return identity.login() instanceof Identity.TokenReview wanted
                ? reviewed(identity, wanted, secret, from)
                : issued(identity, secret, from);
    }

    /** The API server is asked first: that may take its time. */
    private Optional<Map<String, Object>> reviewed(
            Identity identity, Identity.TokenReview wanted, String text, InetAddress from) {
        return review.check(text, wanted)
                .map(proven -> inTransaction(() -> admitted(identity, null, proven.pod(), from)));
    }

    /** The signature is checked first: fetching the keys may take its time. */
    private Optional<Map<String, Object>> signed(Identity identity, Identity.Jwt jwt, String text, InetAddress from) {
        return proof.check(text, jwt)
                .map(claims -> inTransaction(() -> admitted(identity, null, JwtProof.pod(claims), from)));
    }

    /** In one transaction: a secret_id that is revoked meanwhile takes the token with it. */
    private Optional<Map<String, Object>> issued(Identity identity, String secretId, InetAddress from) {
        return inTransaction(() -> secretIds
                .use(Digests.sha256(secretId))
                .filter(found -> found.identity().equals(identity.name()))
                .map(found -> admitted(identity, found.accessor(), Optional.empty(), from)));
    }

    private Map<String, Object> admitted(
            Identity identity, @Nullable String secretId, Optional<String> instance, InetAddress from) {
        Map<String, Object> auth = tokens.login(identity, secretId, instance);
        tell("delivery.login", identity.login().method(), identity.name(), from);
        return auth;
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private Refused refused(String method, String identity, String who, InetAddress from) {
        if (limits.failed(who)) {
            transaction.executeWithoutResult(status -> tell("delivery.login-refuse", method, identity, from));
        }
        return Refused.denied();
    }

    private void tell(String action, String method, String identity, InetAddress from) {
        audit.append(new AuditEvent(
                identity,
                action,
                AuditEvent.Phase.FACT,
                "identity " + identity,
                null,
                Map.of("method", method, "address", from.getHostAddress())));
    }
}
