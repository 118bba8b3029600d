package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportReader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alerts of GitHub's secret scanning in repositories of one's own, signed with the secret of the webhook. They do not
 * tell the value. The number of the delivery is not signed, so the same body is the same delivery.
 */
final class AlertReports implements ReportReader {

    private static final String SIGNATURE = "x-hub-signature-256";
    private static final String EVENT = "x-github-event";
    private static final String PREFIX = "sha256=";
    private static final Set<String> NEWS = Set.of("created", "reopened", "publicly_leaked", "validated");

    private final SharedSecret secret;

    AlertReports(SharedSecret secret) {
        this.secret = secret;
    }

    @Override
    public Delivery read(Map<String, String> headers, byte[] body) {
        Received received = new Received(headers, body);
        String signature = received.header(SIGNATURE);
        byte[] claimed = Hmac.hex(signature.startsWith(PREFIX) ? signature.substring(PREFIX.length()) : "");
        if (!secret.fits(key -> Hmac.equal(Hmac.of(key, body), claimed))) {
            throw Untrusted.forged("the signature does not fit the body");
        }
        JsonNode event = received.json();
        boolean news = "secret_scanning_alert".equals(headers.getOrDefault(EVENT, ""))
                && event.path("alert").isObject()
                && NEWS.contains(Reading.text(event, "/action"));
        return new Delivery(received.digest(), Signal.Source.VENDOR, news ? List.of(finding(event)) : List.of(), false);
    }

    private static LeakFinding finding(JsonNode event) {
        boolean everybody = event.at("/alert/publicly_leaked").asBoolean()
                || "public".equals(Reading.text(event, "/repository/visibility"));
        return new LeakFinding(
                Signal.Kind.LEAK,
                confidence(Reading.text(event, "/alert/validity")),
                everybody ? Signal.Exposure.PUBLIC : Signal.Exposure.INTERNAL,
                Reading.text(event, "/alert/secret_type"),
                Reading.text(event, "/repository/full_name"),
                Reading.link(event, "/alert/html_url"),
                null,
                List.of(),
                List.of());
    }

    private static Signal.Confidence confidence(String validity) {
        return switch (validity) {
            case "active" -> Signal.Confidence.CONFIRMED;
            case "inactive" -> Signal.Confidence.POSSIBLE;
            default -> Signal.Confidence.LIKELY;
        };
    }
}
