package dev.lockstep.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in lower-case hex, 64 characters. It hides nothing that can be guessed. */
public final class Digests {

    private Digests() {}

    /** Of the UTF-8 text. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the bytes. */
    public static String sha256(byte[] bytes) {
        return hex(sha256().digest(bytes));
    }

    /** For what comes piece by piece; {@link #hex} writes its result. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Of a digest that was made. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
