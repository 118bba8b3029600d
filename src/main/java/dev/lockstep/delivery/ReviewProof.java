package dev.lockstep.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.SecretReferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Has the API server of a cluster check the token of a service account: whose it is, for whom, and that it still
 * counts.
 */
final class ReviewProof {

    private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final String POD = "authentication.kubernetes.io/pod-uid";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 256 * 1024;
    private static final int LONGEST_POD = 100;

    /** A cluster that does not answer must not take all the threads that answer others. */
    private static final int AT_ONCE = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretReferences references;
    private final OutboundRules outbound;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    ReviewProof(SecretReferences references, OutboundRules outbound) {
        this.references = references;
        this.outbound = outbound;
    }

    /** @param pod the one that the token was made for; empty when it tells of none */
    record Proven(Optional<String> pod) {}

    /**
     * What the token proves; empty when that is not the identity.
     *
     * @throws RetryableException when the API server cannot be asked
     */
    Optional<Proven> check(String token, Identity.TokenReview wanted) {
        if (!permits.tryAcquire()) {
            throw unavailable(wanted, "is asked too often; try again");
        }
        try (OutboundHttp http = OutboundHttp.trusting(wanted.certificates().map(Path::of), outbound)) {
            return proven(JSON.readTree(asked(http, token, wanted)).path("status"), wanted);
        } catch (JsonProcessingException unexpected) {
            throw unavailable(wanted, "did not answer with a token review");
        } catch (PermanentException | InvalidInput misconfigured) {
            throw unavailable(wanted, "cannot be asked: " + misconfigured.getMessage());
        } catch (IOException failure) {
            throw unavailable(wanted, "did not answer (" + failure.getClass().getSimpleName() + ")");
        } finally {
            permits.release();
        }
    }

    private String asked(OutboundHttp http, String token, Identity.TokenReview wanted) throws IOException {
        WebAddress address = WebAddress.of("kubernetes.review.api", wanted.api() + PATH, outbound);
        OutboundHttp.Answer answer =
                http.post(address.uri(), Map.of("Authorization", own(wanted)), body(token, wanted), PATIENCE, MOST);
        return switch (answer.status()) {
            case 200, 201 -> answer.body();
            case 401, 403 ->
                throw unavailable(
                        wanted,
                        "does not let Lockstep review tokens; renew its token, or give it the role system:auth-delegator");
            default -> throw unavailable(wanted, "answered " + answer.status());
        };
    }

    private String own(Identity.TokenReview wanted) {
        try (SecretValue secret = references.resolve(wanted.token())) {
            return "Bearer "
                    + secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .strip();
        }
    }

    private static byte[] body(String token, Identity.TokenReview wanted) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
        review.putObject("spec").put("token", token).putArray("audiences").add(wanted.audience());
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A server that does not know of audiences says nothing of them, and has not checked them. */
    private static Optional<Proven> proven(JsonNode status, Identity.TokenReview wanted) {
        boolean meant = false;
        for (JsonNode audience : status.path("audiences")) {
            meant |= audience.asText().equals(wanted.audience());
        }
        JsonNode user = status.path("user");
        if (!status.path("authenticated").asBoolean()
                || !meant
                || !user.path("username").asText().equals(wanted.account())) {
            return Optional.empty();
        }
        String pod = user.path("extra").path(POD).path(0).asText();
        return Optional.of(
                new Proven(Optional.of(pod).filter(found -> !found.isBlank() && found.length() <= LONGEST_POD)));
    }

    private static RetryableException unavailable(Identity.TokenReview wanted, String what) {
        return new RetryableException(
                FailureCode.MISCONFIGURED, "The API server at " + wanted.api() + ' ' + what + '.');
    }
}
