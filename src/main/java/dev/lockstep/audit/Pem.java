package dev.lockstep.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form of keys. */
final class Pem {

    private Pem() {}

    static String encode(byte[] der, String type) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
    }

    /** Throws {@link IllegalArgumentException}, never repeating the text, when it is not of that type. */
    static byte[] decode(String pem, String type) {
        String begin = "-----BEGIN " + type + "-----";
        String end = "-----END " + type + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + type + " in PEM form");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
