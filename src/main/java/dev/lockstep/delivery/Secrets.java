package dev.lockstep.delivery;

import dev.lockstep.domain.SecretValue;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes what opens something, and what only names it. */
final class Secrets {

    /** Begins each token, so that scanners for leaks find it. */
    static final String TOKEN = "lks.";

    /** Begins each secret_id, likewise. */
    static final String SECRET_ID = "lki.";

    private static final int BYTES = 32;
    private static final int ACCESSOR_BYTES = 18;

    private final SecureRandom random = new SecureRandom();

    /** 256 random bits as text. */
    SecretValue next(String prefix) {
        return SecretValue.of(prefix + text(BYTES));
    }

    String accessor() {
        return text(ACCESSOR_BYTES);
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
