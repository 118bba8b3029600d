package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever can send by the rules of Standard Webhooks 1.0; the data are those of a report by API. */
final class StandardReports implements ReportReader {

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String VERSION = "v1,";
    private static final String PREFIX = "whsec_";
    private static final int MOST_SIGNATURES = 10;

    private final SharedSecret secret;
    private final Clock clock;

    StandardReports(SharedSecret secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public Delivery read(Map<String, String> headers, byte[] body) {
        Received received = new Received(headers, body);
        String id = received.header(ID);
        byte[] before = (id + '.' + received.header(TIMESTAMP) + '.').getBytes(StandardCharsets.UTF_8);
        List<byte[]> claimed = Arrays.stream(received.header(SIGNATURE).split(" ", MOST_SIGNATURES + 1))
                .limit(MOST_SIGNATURES)
                .filter(signature -> signature.startsWith(VERSION))
                .map(signature -> Hmac.base64(signature.substring(VERSION.length())))
                .toList();
        if (!secret.fits(text -> isAmong(claimed, signature(text, before, body)))) {
            throw Untrusted.forged("no signature fits id, time and body");
        }
        received.fresh(TIMESTAMP, clock);
        JsonNode event = received.json();
        if (!event.isObject() || !event.path("data").isObject()) {
            throw Reading.malformed("an object with type and data");
        }
        return new Delivery(id, Signal.Source.SCANNER, List.of(finding(event)), false);
    }

    private static boolean isAmong(List<byte[]> claimed, byte[] signature) {
        boolean found = false;
        for (byte[] each : claimed) {
            found |= Hmac.equal(each, signature);
        }
        return found;
    }

    private static byte[] signature(byte[] text, byte[] before, byte[] body) {
        String secret = new String(text, StandardCharsets.US_ASCII);
        byte[] key = Hmac.base64(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "");
        if (key.length == 0) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED, "the signing secret is not whsec_ followed by bytes in base64");
        }
        try {
            return Hmac.of(key, before, body);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static LeakFinding finding(JsonNode event) {
        JsonNode data = event.path("data");
        String name = Reading.text(data, "/credential");
        @Nullable SecretValue value = Reading.secret(data, "leaked");
        String location = Reading.text(data, "/location");
        if (name.isBlank() && value == null && location.isBlank()) {
            throw new InvalidInput("data", "data names a credential, a leaked value or a location");
        }
        return new LeakFinding(
                Reading.choice(data, "kind", Signal.Kind.LEAK, Signal.Kind.class),
                Reading.choice(data, "confidence", Signal.Confidence.LIKELY, Signal.Confidence.class),
                Reading.choice(data, "exposure", Signal.Exposure.UNKNOWN, Signal.Exposure.class),
                Reading.text(event, "/type"),
                location,
                Reading.link(data, "/location"),
                value,
                List.of(),
                name.isBlank() ? List.of() : List.of(name));
    }
}
