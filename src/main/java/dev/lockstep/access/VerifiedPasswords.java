package dev.lockstep.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a minute which passwords were found right, because HTTP Basic sends the password with every request and
 * Argon2 takes some 50 ms of a core and 19 MB each time.
 *
 * <p>Kept is an HMAC over password and stored hash under a key that only this JVM has had, never the password. As the
 * stored hash is part of it, a changed password is forgotten at once, on every node. Whether the user is disabled or
 * locked out is not remembered here and is asked for each request.
 */
final class VerifiedPasswords {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    /** Bounds memory; far above the number of users that are active within a minute. */
    private static final int CAPACITY = 10_000;

    private final Map<String, Instant> verifiedUntil = new ConcurrentHashMap<>();
    private final SecretKeySpec key;
    private final Clock clock;

    VerifiedPasswords(Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.clock = clock;
    }

    boolean contains(String password, String storedHash) {
        Instant until = verifiedUntil.get(fingerprint(password, storedHash));
        return until != null && clock.instant().isBefore(until);
    }

    void add(String password, String storedHash) {
        Instant now = clock.instant();
        verifiedUntil.values().removeIf(until -> !now.isBefore(until));
        if (verifiedUntil.size() < CAPACITY) {
            verifiedUntil.put(fingerprint(password, storedHash), now.plus(LIFETIME));
        }
    }

    private String fingerprint(String password, String storedHash) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            // The stored hash has no NUL in it, so the two parts cannot be shifted against each other.
            mac.update(storedHash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
        }
    }
}
