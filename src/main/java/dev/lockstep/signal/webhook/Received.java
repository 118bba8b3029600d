package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Untrusted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A delivery as it came. */
final class Received {

    /** A signature is accepted for so long, and so long before its time. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 24;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers by lower-case names */
    Received(Map<String, String> headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    /** @throws Untrusted when it is missing */
    String header(String name) {
        String value = headers.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw Untrusted.forged("the header " + name + " is missing");
        }
        return value;
    }

    /** The time in a header, in seconds since 1970; looked at after the signature that covers it. */
    void fresh(String header, Clock clock) {
        Instant sent;
        try {
            String seconds = header(header);
            if (seconds.length() > LONGEST_NUMBER) {
                throw new NumberFormatException(header);
            }
            sent = Instant.ofEpochSecond(new BigDecimal(seconds).longValue());
        } catch (NumberFormatException | DateTimeException malformed) {
            throw Untrusted.stale("the header " + header + " is no time in seconds since 1970");
        }
        if (Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            throw Untrusted.stale("it was signed more than five minutes ago or ahead; check both clocks");
        }
    }

    /** What a sender that numbers nothing sends again when it repeats itself. */
    String digest() {
        return Digests.sha256(body);
    }

    /** The body, after its signature was checked. No message quotes it. */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new InvalidInput("body", "the body is no JSON, nested too deeply, or names a field twice");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
