package dev.lockstep.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.domain.SecretRules.CharacterClass;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordStrengthTest {

    private static final String ALPHANUMERIC =
            CharacterClass.LOWER.characters() + CharacterClass.UPPER.characters() + CharacterClass.DIGIT.characters();

    @Test
    void entropy_is_the_logarithm_of_the_number_of_passwords_counted_one_by_one() {
        List<Set<CharacterClass>> requirements = List.of(
                Set.of(),
                Set.of(CharacterClass.DIGIT),
                Set.of(CharacterClass.LOWER, CharacterClass.DIGIT),
                Set.of(CharacterClass.LOWER, CharacterClass.UPPER, CharacterClass.DIGIT),
                Set.of(CharacterClass.values()));
        for (String alphabet : List.of("aA1!", "abA1!?", "abc12A!")) {
            for (Set<CharacterClass> required : requirements) {
                for (int length = Math.max(1, required.size()); length <= 5; length++) {
                    SecretRules.Password rules = new SecretRules.Password(length, alphabet, required, 0);
                    double counted = Math.log((double) count(rules, "")) / Math.log(2);
                    assertThat(PasswordStrength.bits(rules))
                            .as(rules.toString())
                            .isCloseTo(counted, within(1e-9));
                }
            }
        }
    }

    private static long count(SecretRules.Password rules, String prefix) {
        if (prefix.length() == rules.length()) {
            boolean follows = rules.required().stream()
                    .allMatch(r -> prefix.chars().anyMatch(c -> r.characters().indexOf(c) >= 0));
            return follows ? 1 : 0;
        }
        return rules.alphabet()
                .chars()
                .mapToLong(c -> count(rules, prefix + (char) c))
                .sum();
    }

    @Test
    void entropy_of_a_long_password_is_length_times_bits_per_character() {
        SecretRules.Password rules = new SecretRules.Password(1000, ALPHANUMERIC, Set.of(), 128);
        assertThat(PasswordStrength.bits(rules)).isCloseTo(1000 * Math.log(62) / Math.log(2), within(1e-6));
    }

    @Test
    void required_classes_cost_entropy() {
        double free = PasswordStrength.bits(new SecretRules.Password(8, ALPHANUMERIC, Set.of(), 0));
        double bound = PasswordStrength.bits(new SecretRules.Password(
                8, ALPHANUMERIC, Set.of(CharacterClass.LOWER, CharacterClass.UPPER, CharacterClass.DIGIT), 0));
        assertThat(bound).isLessThan(free).isGreaterThan(free - 1);
    }

    @Test
    void expected_draws_are_all_strings_over_the_ones_that_follow_the_rules() {
        SecretRules.Password rules = new SecretRules.Password(2, "a1", Set.of(CharacterClass.DIGIT), 0);
        assertThat(PasswordStrength.expectedDraws(rules)).isCloseTo(4.0 / 3.0, within(1e-9));
    }

    @Test
    void more_classes_than_characters_are_refused() {
        refused(
                "length",
                "0.0 bits",
                () -> PasswordStrength.check(
                        new SecretRules.Password(3, ALPHANUMERIC + "!", Set.of(CharacterClass.values()), 0)));
    }

    @Test
    void a_required_class_without_a_character_in_the_alphabet_is_refused() {
        refused(
                "required",
                "SYMBOL",
                () -> PasswordStrength.check(
                        new SecretRules.Password(32, ALPHANUMERIC, Set.of(CharacterClass.SYMBOL), 128)));
    }

    @Test
    void a_character_that_occurs_twice_in_the_alphabet_is_refused() {
        refused(
                "alphabet",
                "more than once",
                () -> PasswordStrength.check(new SecretRules.Password(32, ALPHANUMERIC + "a", Set.of(), 128)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab c", "ab\n", "ab\u00e9", "ab\u0000", "ab\uD83D\uDE00"})
    void an_alphabet_that_systems_stumble_over_is_refused(String alphabet) {
        refused("alphabet", "", () -> PasswordStrength.check(new SecretRules.Password(200, alphabet, Set.of(), 1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1025, Integer.MAX_VALUE})
    void a_length_out_of_range_is_refused(int length) {
        refused(
                "length",
                "1 to 1024",
                () -> PasswordStrength.check(new SecretRules.Password(length, ALPHANUMERIC, Set.of(), 1)));
    }

    @Test
    void entropy_below_the_floor_is_refused_with_the_computed_bits() {
        refused(
                "minimumEntropyBits",
                "give 47.6 bits of entropy, but at least 128",
                () -> PasswordStrength.check(new SecretRules.Password(8, ALPHANUMERIC, Set.of(), 128)));
    }

    @Test
    void strong_rules_are_accepted() {
        assertThatCode(() -> PasswordStrength.check(new SecretRules.Password(
                        32, ALPHANUMERIC, Set.of(CharacterClass.LOWER, CharacterClass.DIGIT), 128)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 512, 1024, 2047, 16384})
    void a_weak_or_odd_rsa_key_is_refused(int size) {
        refused(
                "size",
                "[2048, 3072, 4096]",
                () -> KeyStrength.check(new SecretRules.KeyPair(SecretRules.KeyAlgorithm.RSA, size)));
    }

    private static void refused(String field, String words, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessageContaining(words);
    }
}
