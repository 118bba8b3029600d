package dev.lockstep.generate;

import dev.lockstep.domain.PasswordStrength;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretRules.CharacterClass;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.text.RandomStringGenerator;
import org.apache.commons.text.TextRandomProvider;

/**
 * Draws passwords, every one that follows the rules with the same probability.
 *
 * <p>Candidates are drawn whole, and drawn again until all required classes occur: planting a character of each class
 * would make some passwords more likely than others. The provider must be unbiased, as
 * {@link java.security.SecureRandom#nextInt(int)} is, which draws again instead of taking a remainder.
 */
final class Passwords {

    /** With this many times the expected draws, an honest random source misses once in {@code e^100} times. */
    private static final int PATIENCE = 100;

    private final TextRandomProvider random;

    Passwords(TextRandomProvider random) {
        this.random = random;
    }

    SecretValue generate(SecretRules.Password rules) {
        PasswordStrength.check(rules);
        RandomStringGenerator generator = RandomStringGenerator.builder()
                .selectFrom(rules.alphabet().toCharArray())
                .usingRandom(random)
                .get();
        double limit = PATIENCE * PasswordStrength.expectedDraws(rules);
        for (double draw = 0; draw < limit; draw++) {
            String candidate = generator.generate(rules.length());
            if (rules.required().stream().allMatch(required -> occurs(required, candidate))) {
                return secret(candidate);
            }
        }
        throw new IllegalStateException("the random source does not yield all characters");
    }

    private static boolean occurs(CharacterClass required, String candidate) {
        return candidate.chars().anyMatch(c -> required.characters().indexOf(c) >= 0);
    }

    private static SecretValue secret(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.US_ASCII);
        try {
            return SecretValue.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
