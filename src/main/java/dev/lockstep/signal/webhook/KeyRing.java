package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.outbound.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public keys of a sender, as it publishes them; asked for once a day, and never more than once a minute. */
final class KeyRing {

    private static final Duration OLD = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration CALL = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

    private final URI url;
    private final OutboundHttp http;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile @Nullable Instant fetchedAt;
    private volatile @Nullable Instant askedAt;

    KeyRing(URI url, OutboundHttp http, Clock clock) {
        this.url = url;
        this.http = http;
        this.clock = clock;
    }

    /**
     * The key with this id; empty when the sender publishes none.
     *
     * @throws RetryableException when that cannot be told at the moment
     */
    Optional<PublicKey> key(String id) {
        @Nullable PublicKey known = keys.get(id);
        if (known != null && !olderThan(fetchedAt, OLD)) {
            return Optional.of(known);
        }
        ask();
        known = keys.get(id);
        if (known == null && olderThan(fetchedAt, PAUSE)) {
            throw new RetryableException(
                    FailureCode.SOURCE_UNAVAILABLE, "the public keys of the sender cannot be looked up; send it again");
        }
        return Optional.ofNullable(known);
    }

    /** Who finds somebody else asking does not wait: made-up ids must not hold up what is genuine. */
    private void ask() {
        if (!olderThan(askedAt, PAUSE) || !asking.tryLock()) {
            return;
        }
        try {
            if (olderThan(askedAt, PAUSE)) {
                askedAt = clock.instant();
                keys = fetched();
                fetchedAt = clock.instant();
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            log.warn("The public keys at {} cannot be looked up; those known are used: {}", url, failed.toString());
            askedAt = clock.instant();
        } finally {
            asking.unlock();
        }
    }

    private boolean olderThan(@Nullable Instant moment, Duration age) {
        return moment == null || !clock.instant().isBefore(moment.plus(age));
    }

    private Map<String, PublicKey> fetched() throws IOException, GeneralSecurityException {
        OutboundHttp.Answer answer = http.get(url, CALL, MOST_BYTES);
        if (answer.status() != 200) {
            throw new IOException("answered " + answer.status());
        }
        Map<String, PublicKey> found = new HashMap<>();
        for (JsonNode key : read(answer.body()).path("public_keys")) {
            String id = key.path("key_identifier").asText();
            if (!id.isEmpty()) {
                found.put(id, publicKey(key.path("key").asText()));
            }
        }
        if (found.isEmpty()) {
            throw new IOException("answered without a key");
        }
        return Map.copyOf(found);
    }

    private static JsonNode read(String body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new IOException("answered no JSON", malformed);
        }
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
