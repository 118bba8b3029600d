package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Hashes and checks passwords with Argon2id. */
final class Passwords {

    /** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Letters and digits without those that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    /** 138 bits from 54 characters. */
    private static final int GENERATED_LENGTH = 24;

    private static final int MIN_LENGTH = 12;
    private static final int MAX_LENGTH = 200;

    private static final int PATIENCE_SECONDS = 5;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final SecureRandom random = new SecureRandom();
    /** A flood of logins may use every core, but not all memory. */
    private final Semaphore permits =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private final VerifiedPasswords verified;
    private final String nobodysHash;

    Passwords(Clock clock) {
        this.verified = new VerifiedPasswords(clock);
        this.nobodysHash = argon2.encode(generate());
    }

    /** A random password that a person can type. */
    String generate() {
        StringBuilder text = new StringBuilder(GENERATED_LENGTH);
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** @throws InvalidInput when the password is too short or too long for a new one */
    String hash(SecretValue password) {
        String text = text(password);
        if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw new InvalidInput("password", "a password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
        }
        return limited(() -> argon2.encode(text));
    }

    static String text(SecretValue password) {
        return password.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether this password was found right a moment ago, which costs nothing. */
    boolean recentlyVerified(String password, String storedHash) {
        return verified.contains(password, storedHash);
    }

    boolean matches(String password, String storedHash) {
        return limited(() -> argon2.matches(password, storedHash));
    }

    /** Makes {@link #recentlyVerified} true for a while. */
    void remember(String password, String storedHash) {
        verified.add(password, storedHash);
    }

    /** Takes as long as {@link #matches}, so that the time does not tell whether a user exists. */
    void matchNobody(String password) {
        limited(() -> argon2.matches(password, nobodysHash));
    }

    private <T> T limited(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AuthenticationServiceException("too many logins at once; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthenticationServiceException("interrupted while waiting to check a password", e);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
