package dev.lockstep.signal.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, compared in constant time. */
final class Hmac {

    private static final int LENGTH = 32;

    private Hmac() {}

    static byte[] of(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The bytes of a signature in hex; bytes that equal no signature when it is none. */
    static byte[] hex(String text) {
        try {
            return text.length() == 2 * LENGTH ? HexFormat.of().parseHex(text) : new byte[0];
        } catch (IllegalArgumentException noHex) {
            return new byte[0];
        }
    }

    /** The same for Base64. */
    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }
}
