package dev.lockstep.notify.webhook;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks 1.0: HMAC-SHA-256 over {@code id.timestamp.body}. */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private Signature() {}

    /** The value of the header {@code webhook-signature}. */
    static String of(String id, long timestamp, byte[] body, SecretValue secret) {
        byte[] key = secret.expose(Signature::key);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(byte[] secret) {
        String text = new String(secret, StandardCharsets.US_ASCII);
        try {
            byte[] key =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
            if (key.length >= SHORTEST && key.length <= LONGEST) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            throw malformed();
        }
        throw malformed();
    }

    private static PermanentException malformed() {
        return new PermanentException(
                FailureCode.MISCONFIGURED, "the signing secret is not whsec_ followed by 24 to 64 bytes in base64");
    }
}
