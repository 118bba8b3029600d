package dev.lockstep.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretRules.CharacterClass;
import dev.lockstep.domain.SecretRules.KeyAlgorithm;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomSecretGeneratorTest {

    private static final String ALL = CharacterClass.LOWER.characters()
            + CharacterClass.UPPER.characters()
            + CharacterClass.DIGIT.characters()
            + CharacterClass.SYMBOL.characters();

    private static final int DRAWS = 61_000;

    private final RandomSecretGenerator generator = new RandomSecretGenerator(new SecureRandom());

    @Test
    void a_password_has_the_length_and_only_characters_of_the_alphabet() {
        for (int length = 1; length <= 64; length++) {
            String password = text(generator.generate(new SecretRules.Password(length, "ABCxyz!", Set.of(), 0)));
            assertThat(password).hasSize(length).matches("[ABCxyz!]*");
        }
    }

    @Test
    void every_required_class_occurs_in_every_password() {
        SecretRules.Password rules = new SecretRules.Password(5, ALL, EnumSet.allOf(CharacterClass.class), 0);
        for (int i = 0; i < 2_000; i++) {
            String password = text(generator.generate(rules));
            assertThat(CharacterClass.values())
                    .allMatch(c -> password.chars().anyMatch(x -> c.characters().indexOf(x) >= 0));
        }
    }

    @Test
    void each_character_is_equally_likely_at_each_position() {
        // 61 characters: neither a power of two nor a divisor of one, so that a remainder would show.
        // 60 degrees of freedom: 130 is exceeded by chance about once in two million times.
        SecureRandom random = new SecureRandom();
        assertThat(positions(new Passwords(random::nextInt)))
                .allSatisfy(observed ->
                        assertThat(chiSquare(observed, DRAWS / 61.0)).isLessThan(130));
        assertThat(positions(new Passwords(bound -> random.nextInt(256) % bound)))
                .as("a remainder is noticed")
                .allSatisfy(observed ->
                        assertThat(chiSquare(observed, DRAWS / 61.0)).isGreaterThan(130));
    }

    /** How often each character occurs at each position. */
    private static List<int[]> positions(Passwords passwords) {
        String alphabet = ALL.substring(0, 61);
        SecretRules.Password rules = new SecretRules.Password(4, alphabet, Set.of(), 0);
        int[][] counts = new int[4][61];
        for (int i = 0; i < DRAWS; i++) {
            String password = text(passwords.generate(rules));
            for (int position = 0; position < 4; position++) {
                counts[position][alphabet.indexOf(password.charAt(position))]++;
            }
        }
        return List.of(counts);
    }

    @Test
    void each_password_that_follows_the_rules_is_equally_likely() {
        SecretRules.Password rules =
                new SecretRules.Password(3, "ab1", Set.of(CharacterClass.LOWER, CharacterClass.DIGIT), 0);
        Map<String, Integer> counts = new HashMap<>();
        int draws = 18_000;
        for (int i = 0; i < draws; i++) {
            counts.merge(text(generator.generate(rules)), 1, Integer::sum);
        }
        assertThat(counts).hasSize(27 - 8 - 1);
        int[] observed = counts.values().stream().mapToInt(Integer::intValue).toArray();
        // 17 degrees of freedom: 60 is exceeded by chance about once in a million times.
        assertThat(chiSquare(observed, draws / 18.0)).isLessThan(60);
    }

    private static double chiSquare(int[] observed, double expected) {
        double sum = 0;
        for (int count : observed) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    @Test
    void passwords_do_not_repeat() {
        Set<String> seen = new HashSet<>();
        SecretRules.Password rules = new SecretRules.Password(32, ALL, Set.of(), 128);
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(text(generator.generate(rules)))).isTrue();
        }
    }

    @Test
    void a_broken_random_source_is_an_error_and_not_an_endless_loop() {
        Passwords stuck = new Passwords(bound -> 0);
        assertThatThrownBy(() -> stuck.generate(
                        new SecretRules.Password(8, "ab1", Set.of(CharacterClass.LOWER, CharacterClass.DIGIT), 0)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void impossible_rules_are_refused_before_anything_is_drawn() {
        Passwords untouched = new Passwords(bound -> {
            throw new AssertionError("drawn");
        });
        assertThatThrownBy(() ->
                        untouched.generate(new SecretRules.Password(3, ALL, EnumSet.allOf(CharacterClass.class), 0)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void an_rsa_key_is_pkcs8_pem_of_the_wanted_size() throws Exception {
        PrivateKey key = parse(KeyAlgorithm.RSA, 2048);
        assertThat(((RSAPrivateKey) key).getModulus().bitLength()).isEqualTo(2048);
    }

    @Test
    void an_ec_key_lies_on_the_wanted_curve() throws Exception {
        for (int size : new int[] {256, 384, 521}) {
            PrivateKey key = parse(KeyAlgorithm.EC, size);
            assertThat(((ECPrivateKey) key).getParams().getOrder().bitLength()).isEqualTo(size);
        }
    }

    @Test
    void an_ed25519_key_is_pkcs8_pem() throws Exception {
        assertThat(parse(KeyAlgorithm.ED25519, 255).getAlgorithm()).isEqualTo("EdDSA");
    }

    @Test
    void a_key_of_an_unknown_size_is_refused() {
        assertThatThrownBy(() -> generator.generate(new SecretRules.KeyPair(KeyAlgorithm.EC, 255)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("[256, 384, 521]");
    }

    private PrivateKey parse(KeyAlgorithm algorithm, int size) throws Exception {
        String pem = text(generator.generate(new SecretRules.KeyPair(algorithm, size)));
        assertThat(pem).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("\n-----END PRIVATE KEY-----\n");
        assertThat(pem.lines()).allMatch(line -> line.length() <= 64).noneMatch(String::isEmpty);
        String body = pem.replaceAll("-----[A-Z ]+-----|\n", "");
        return KeyFactory.getInstance(algorithm.name())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    private static String text(SecretValue secret) {
        try (secret) {
            return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
