package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Events of GitGuardian, signed together with their time. They do not tell the value. */
final class GitGuardianReports implements ReportReader {

    private static final String SIGNATURE = "gitguardian-signature";
    private static final String TIMESTAMP = "timestamp";
    private static final String PREFIX = "sha256=";
    private static final Set<String> NEWS =
            Set.of("incident_triggered", "incident_reopened", "incident_regression", "new_occurrence");

    private final SharedSecret secret;
    private final Clock clock;

    GitGuardianReports(SharedSecret secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public Delivery read(Map<String, String> headers, byte[] body) {
        Received received = new Received(headers, body);
        String signature = received.header(SIGNATURE);
        byte[] timestamp = received.header(TIMESTAMP).getBytes(StandardCharsets.UTF_8);
        byte[] claimed = Hmac.hex(signature.startsWith(PREFIX) ? signature.substring(PREFIX.length()) : "");
        if (!secret.fits(token -> Hmac.equal(signature(timestamp, token, body), claimed))) {
            throw Untrusted.forged("the signature does not fit body and time");
        }
        received.fresh(TIMESTAMP, clock);
        JsonNode event = received.json();
        boolean news = event.path("incident").isObject() && NEWS.contains(Reading.text(event, "/action"));
        return new Delivery(
                received.digest(), Signal.Source.SCANNER, news ? List.of(finding(event)) : List.of(), false);
    }

    /** The key is time and token, one after the other. */
    private static byte[] signature(byte[] timestamp, byte[] token, byte[] body) {
        byte[] key = Arrays.copyOf(timestamp, timestamp.length + token.length);
        System.arraycopy(token, 0, key, timestamp.length, token.length);
        try {
            return Hmac.of(key, body);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static LeakFinding finding(JsonNode event) {
        return new LeakFinding(
                Signal.Kind.LEAK,
                confidence(Reading.text(event, "/incident/validity")),
                isPublic(event.at("/incident/tags")) ? Signal.Exposure.PUBLIC : Signal.Exposure.UNKNOWN,
                Reading.text(event, "/incident/detector/name"),
                "",
                Reading.link(event, "/incident/gitguardian_url"),
                null,
                List.of(),
                List.of());
    }

    private static boolean isPublic(JsonNode tags) {
        for (JsonNode tag : tags) {
            if (tag.asText().toLowerCase(Locale.ROOT).equals("publicly_exposed")) {
                return true;
            }
        }
        return false;
    }

    private static Signal.Confidence confidence(String validity) {
        return switch (validity) {
            case "valid" -> Signal.Confidence.CONFIRMED;
            case "invalid" -> Signal.Confidence.POSSIBLE;
            default -> Signal.Confidence.LIKELY;
        };
    }
}
