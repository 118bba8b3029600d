package dev.lockstep.policy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.KeyStrength;
import dev.lockstep.domain.PasswordStrength;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretRules.CharacterClass;
import dev.lockstep.domain.SecretRules.KeyAlgorithm;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the field {@code secret} of a policy. */
final class SecretRulesReader {

    private static final int LENGTH = 32;
    private static final int MINIMUM_ENTROPY = 128;
    private static final List<String> CLASSES = List.of("lower", "upper", "digit");
    private static final Map<KeyAlgorithm, Integer> SIZES =
            Map.of(KeyAlgorithm.RSA, 3072, KeyAlgorithm.EC, 256, KeyAlgorithm.ED25519, 255);

    /** The keys that the strength checks mean when they name a part of the rules. */
    private static final Map<String, String> KEYS =
            Map.of("required", "classes", "minimumEntropyBits", "minimum-entropy");

    private SecretRulesReader() {}

    static Optional<SecretRules> read(Fields policy) {
        int before = policy.problems().reported();
        Optional<SecretRules> rules = switch (policy.text("secret", "type").orElse("")) {
            case "password" -> Optional.of(password(policy));
            case "key-pair" -> keyPair(policy);
            default -> Optional.empty();
        };
        return policy.problems().reported() == before ? rules : Optional.empty();
    }

    private static SecretRules password(Fields policy) {
        Set<CharacterClass> required = policy.texts(CLASSES, "secret", "classes").stream()
                .flatMap(name -> named(CharacterClass.values(), name))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CharacterClass.class)));
        SecretRules.Password rules = new SecretRules.Password(
                policy.number(LENGTH, "secret", "length"),
                alphabet(policy, required),
                required,
                policy.number(MINIMUM_ENTROPY, "secret", "minimum-entropy"));
        check(policy, () -> PasswordStrength.check(rules), "use more characters, more classes or fewer forbidden ones");
        return rules;
    }

    /** The allowed characters in an order that does not depend on how the file lists them. */
    private static String alphabet(Fields policy, Set<CharacterClass> required) {
        Optional<String> symbols = policy.text("secret", "symbols");
        String forbidden = policy.text("secret", "forbidden").orElse("");
        StringBuilder alphabet = new StringBuilder();
        for (CharacterClass characterClass : CharacterClass.values()) {
            String candidates = required.contains(characterClass) ? characterClass.characters() : "";
            if (characterClass == CharacterClass.SYMBOL && symbols.isPresent()) {
                candidates = only(characterClass.characters(), symbols.get());
            }
            candidates.chars().filter(c -> forbidden.indexOf(c) < 0).forEach(c -> alphabet.append((char) c));
        }
        return alphabet.toString();
    }

    private static String only(String characters, String wanted) {
        return characters
                .chars()
                .filter(c -> wanted.indexOf(c) >= 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static Optional<SecretRules> keyPair(Fields policy) {
        return policy.text("secret", "algorithm")
                .flatMap(name -> named(KeyAlgorithm.values(), name).findFirst())
                .map(algorithm -> {
                    int size = policy.number(SIZES.getOrDefault(algorithm, 0), "secret", "size");
                    SecretRules.KeyPair rules = new SecretRules.KeyPair(algorithm, size);
                    check(policy, () -> KeyStrength.check(rules), "leave size out for the usual one");
                    return rules;
                });
    }

    private static <E extends Enum<E>> Stream<E> named(E[] values, String name) {
        return Stream.of(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name));
    }

    private static void check(Fields policy, Runnable strength, String advice) {
        try {
            strength.run();
        } catch (InvalidInput e) {
            String key = KEYS.getOrDefault(e.field(), e.field());
            Optional<Node> node = policy.at("secret", key).or(() -> policy.at("secret"));
            node.ifPresent(place -> policy.problems().add(place, String.valueOf(e.getMessage()), advice));
        }
    }
}
