package dev.lockstep.target.postgresql;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PostgreSQL stores in place of a password: {@code SCRAM-SHA-256$4096:<salt>$<StoredKey>:<ServerKey>} as in
 * {@code pg_authid.rolpassword}, by RFC 5802 and RFC 7677. The server takes a password in this form as it is, so plain
 * text reaches neither the server nor its logs.
 */
final class ScramVerifier {

    /** The server's own default, {@code scram_iterations}. */
    static final int ITERATIONS = 4096;

    static final int SALT_BYTES = 16;

    private static final int KEY_BITS = 256;

    private ScramVerifier() {}

    /**
     * Computes the verifier.
     *
     * <p>SASLprep (RFC 4013) leaves printable ASCII unchanged, and clients disagree about everything else: such a
     * secret is refused.
     *
     * @param salt fresh random bytes
     */
    static String of(SecretValue secret, byte[] salt) {
        return secret.expose(bytes -> {
            requirePrintableAscii(bytes);
            char[] password = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                password[i] = (char) bytes[i];
            }
            try {
                return verifier(password, salt);
            } finally {
                Arrays.fill(password, '\0');
            }
        });
    }

    private static String verifier(char[] password, byte[] salt) {
        byte[] salted = saltedPassword(password, salt);
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] storedKey = sha256(clientKey);
        byte[] serverKey = hmac(salted, "Server Key");
        Arrays.fill(salted, (byte) 0);
        Arrays.fill(clientKey, (byte) 0);
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + ITERATIONS + ':' + base64.encodeToString(salt) + '$'
                + base64.encodeToString(storedKey) + ':' + base64.encodeToString(serverKey);
    }

    private static void requirePrintableAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x20 || b > 0x7e) {
                throw new RetryableException(
                        FailureCode.SECRET_REFUSED,
                        "a PostgreSQL password set by Lockstep has printable ASCII characters only; check the policy's alphabet");
            }
        }
    }

    private static byte[] saltedPassword(char[] password, byte[] salt) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, ITERATIONS, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", impossible);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
