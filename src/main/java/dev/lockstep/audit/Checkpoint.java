package dev.lockstep.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A signed statement that the chain had a certain hash at a certain position.
 *
 * @param time when it was signed, ISO 8601 in UTC, exactly as signed
 * @param keyId the key that signed it
 * @param previous SHA-256 of the line before it in the same file, so that no line can be taken out
 * @param signature Ed25519 in Base64
 */
@JsonPropertyOrder({"position", "hash", "time", "keyId", "previous", "signature"})
record Checkpoint(
        @JsonProperty(required = true) long position,
        @JsonProperty(required = true) String hash,
        @JsonProperty(required = true) String time,
        @JsonProperty(required = true) String keyId,
        @JsonProperty(required = true) String previous,
        @JsonProperty(required = true) String signature) {

    /** Stands for the line before the first one. */
    static final String FIRST = "0".repeat(64);

    private static final String DOMAIN = "lockstep.audit.checkpoint.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Signs a statement about the head of the chain. */
    static Checkpoint sign(Head head, Instant time, String previous, SigningKey key) {
        Checkpoint unsigned = new Checkpoint(
                head.position(), head.hash(), time.toString(), key.publicKey().id(), previous, "");
        return new Checkpoint(
                unsigned.position,
                unsigned.hash,
                unsigned.time,
                unsigned.keyId,
                unsigned.previous,
                key.sign(unsigned.signedBytes()));
    }

    /** Reads one line of the file; empty when it is no checkpoint. */
    static Optional<Checkpoint> parse(String line) {
        try {
            Checkpoint checkpoint = JSON.readValue(line, Checkpoint.class);
            Instant.parse(checkpoint.time);
            return Optional.of(checkpoint);
        } catch (JsonProcessingException | DateTimeParseException | NullPointerException notOurs) {
            return Optional.empty();
        }
    }

    /** The line of the file, without its end. */
    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of texts is always JSON", impossible);
        }
    }

    /** What the next line calls {@link #previous}. */
    static String fingerprint(String line) {
        return Digests.sha256(line);
    }

    boolean signedBy(VerificationKey key) {
        return key.verifies(signedBytes(), signature);
    }

    Instant signedAt() {
        return Instant.parse(time);
    }

    /** The place in the chain that it speaks of. */
    Head head() {
        return new Head(position, hash);
    }

    private byte[] signedBytes() {
        return String.join("\n", DOMAIN, Long.toString(position), hash, time, keyId, previous, "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
