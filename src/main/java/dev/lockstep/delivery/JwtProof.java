package dev.lockstep.delivery;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.lockstep.domain.Identity;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a signed token of somebody else: who has signed it, for whom, until when, and about whom. */
final class JwtProof {

    /** Signatures with keys that are public; what is signed with a shared secret, or not at all, proves nothing. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final String KUBERNETES = "kubernetes.io";

    private final KeySets keySets;
    private final Clock clock;

    JwtProof(KeySets keySets, Clock clock) {
        this.keySets = keySets;
        this.clock = clock;
    }

    /** Its claims; empty when it proves nothing about the identity. */
    Optional<JWTClaimsSet> check(String text, Identity.Jwt wanted) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
                return Optional.empty();
            }
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    ALGORITHMS,
                    new ImmutableJWKSet<>(
                            keySets.keys(wanted.keys(), token.getHeader().getKeyID()))));
            // Times and claims are checked below, by the clock of the house.
            processor.setJWTClaimsSetVerifier((claims, context) -> {});
            JWTClaimsSet claims = processor.process(token, null);
            return fits(claims, wanted) ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            return Optional.empty();
        }
    }

    private boolean fits(JWTClaimsSet claims, Identity.Jwt wanted) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        Date start = claims.getNotBeforeTime();
        return end != null
                && now.isBefore(end.toInstant().plus(SKEW))
                && (start == null || !now.isBefore(start.toInstant().minus(SKEW)))
                && claims.getAudience().contains(wanted.audience())
                && wanted.issuer()
                        .map(issuer -> issuer.equals(claims.getIssuer()))
                        .orElse(true)
                && wanted.claims().entrySet().stream()
                        .allMatch(claim -> claim.getValue().equals(text(claims.getClaim(claim.getKey()))));
    }

    private static String text(Object claim) {
        return claim instanceof String || claim instanceof Boolean || claim instanceof Number ? claim.toString() : "";
    }

    /** Which pod a service account's token was made for; empty when it tells of none. */
    static Optional<String> pod(JWTClaimsSet claims) {
        return claims.getClaim(KUBERNETES) instanceof Map<?, ?> cluster
                        && cluster.get("pod") instanceof Map<?, ?> pod
                        && pod.get("uid") instanceof String uid
                        && !uid.isBlank()
                        && uid.length() <= 100
                ? Optional.of(uid)
                : Optional.empty();
    }
}
