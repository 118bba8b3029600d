package dev.lockstep.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds, as authenticators expect.
 */
final class OneTimeCodes {

    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    /** Clocks of phones differ, and people type slowly. */
    private static final int DRIFT = 1;

    private static final int MODULUS = 1_000_000;

    private OneTimeCodes() {}

    static String at(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-1", impossible);
        }
    }

    /** The step to which a code belongs, if that is now or next to it. */
    static OptionalLong step(byte[] secret, String code, Instant now) {
        long present = now.getEpochSecond() / STEP_SECONDS;
        return LongStream.rangeClosed(present - DRIFT, present + DRIFT)
                .filter(step -> same(at(secret, step), code))
                .max();
    }

    private static boolean same(String code, String given) {
        return MessageDigest.isEqual(code.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
