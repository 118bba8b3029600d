package dev.lockstep.signal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.ReportReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GitHub's secret scanning partner program: values found in public places, signed with ECDSA by one of the keys that
 * GitHub publishes. Neither time nor number are in it, so the same body is the same delivery.
 */
final class PartnerReports implements ReportReader {

    private static final String KEY = "github-public-key-identifier";
    private static final String SIGNATURE = "github-public-key-signature";

    private final KeyRing keys;
    private final boolean feedback;

    PartnerReports(KeyRing keys, boolean feedback) {
        this.keys = keys;
        this.feedback = feedback;
    }

    @Override
    public Delivery read(Map<String, String> headers, byte[] body) {
        Received received = new Received(headers, body);
        String signature = received.header(SIGNATURE);
        PublicKey key = keys.key(received.header(KEY))
                .orElseThrow(() -> Untrusted.forged("the sender publishes no key with this identifier"));
        if (!verifies(key, body, Hmac.base64(signature))) {
            throw Untrusted.forged("the signature does not fit the body");
        }
        JsonNode matches = received.json();
        if (!matches.isArray()) {
            throw Reading.malformed("a list of matches with token, type and url");
        }
        List<LeakFinding> findings = new ArrayList<>();
        matches.forEach(match -> findings.add(finding(match)));
        return new Delivery(received.digest(), Signal.Source.VENDOR, findings, feedback);
    }

    private static LeakFinding finding(JsonNode match) {
        return new LeakFinding(
                Signal.Kind.LEAK,
                Signal.Confidence.CONFIRMED,
                Signal.Exposure.PUBLIC,
                Reading.text(match, "/type"),
                Reading.text(match, "/url"),
                Reading.link(match, "/url"),
                Reading.secret(match, "token"),
                List.of(),
                List.of());
    }

    private static boolean verifies(PublicKey key, byte[] body, byte[] signature) {
        try {
            Signature verification = Signature.getInstance("SHA256withECDSA");
            verification.initVerify(key);
            verification.update(body);
            return verification.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform verifies ECDSA signatures", e);
        }
    }
}
