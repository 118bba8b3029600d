package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Findings of AWS GuardDuty that EventBridge sends to an API destination, which shows an API key. EventBridge repeats a
 * delivery for up to a day, so its time is not looked at; the same body is the same delivery.
 */
final class GuardDutyReports implements ReportReader {

    private static final double HIGH = 7;

    private final String header;
    private final SharedSecret key;

    /** @param header that carries the key, in lower case */
    GuardDutyReports(String header, SharedSecret key) {
        this.header = header;
        this.key = key;
    }

    @Override
    public Delivery read(Map<String, String> headers, byte[] body) {
        Received received = new Received(headers, body);
        byte[] shown = received.header(header).getBytes(StandardCharsets.UTF_8);
        if (!key.fits(expected -> Hmac.equal(expected, shown))) {
            throw Untrusted.forged("the key in the header " + header + " is another one");
        }
        JsonNode event = received.json();
        boolean finding = "GuardDuty Finding".equals(Reading.text(event, "/detail-type"))
                && !Reading.text(event, "/detail/resource/accessKeyDetails/accessKeyId")
                        .isBlank();
        return new Delivery(
                received.digest(), Signal.Source.VENDOR, finding ? List.of(finding(event)) : List.of(), false);
    }

    private static LeakFinding finding(JsonNode event) {
        String type = Reading.text(event, "/detail/type");
        boolean stolen = type.contains("CredentialExfiltration");
        boolean high = event.at("/detail/severity").asDouble() >= HIGH;
        return new LeakFinding(
                stolen ? Signal.Kind.LEAK : Signal.Kind.ANOMALY,
                stolen || high ? Signal.Confidence.LIKELY : Signal.Confidence.POSSIBLE,
                Signal.Exposure.UNKNOWN,
                type,
                Reading.text(event, "/detail/accountId")
                        + '/'
                        + Reading.text(event, "/detail/resource/accessKeyDetails/userName"),
                null,
                null,
                List.of(Reading.text(event, "/detail/resource/accessKeyDetails/accessKeyId")),
                List.of());
    }
}
