package dev.lockstep.domain;

import dev.lockstep.domain.SecretRules.CharacterClass;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Says how strong passwords made by some rules are, and refuses rules that are impossible or too weak. */
public final class PasswordStrength {

    private static final int MAX_LENGTH = 1024;

    private PasswordStrength() {}

    /**
     * Refuses rules by which no password, or only a weak one, can be made.
     *
     * @throws InvalidInput with the field {@code alphabet}, {@code length}, {@code required} or
     *     {@code minimumEntropyBits}; the message tells the computed entropy
     */
    public static void check(SecretRules.Password rules) {
        checkAlphabet(rules.alphabet());
        if (rules.length() < 1 || rules.length() > MAX_LENGTH) {
            throw new InvalidInput(
                    "length", "a password has 1 to " + MAX_LENGTH + " characters, not " + rules.length());
        }
        checkRequired(rules);
        double bits = bits(rules);
        if (bits < rules.minimumEntropyBits()) {
            throw new InvalidInput(
                    "minimumEntropyBits",
                    words(rules) + " give " + text(bits) + " bits of entropy, but at least "
                            + rules.minimumEntropyBits() + " are asked for");
        }
    }

    /**
     * The entropy of a uniformly drawn password that follows the rules, in bits; 0 when there is at most one. The
     * number of such passwords is counted exactly, by inclusion and exclusion over the required classes.
     */
    public static double bits(SecretRules.Password rules) {
        return log2(passwords(rules));
    }

    /**
     * How many strings of the alphabet one has to draw, on average, until one holds all required classes.
     *
     * @throws InvalidInput when none can
     */
    public static double expectedDraws(SecretRules.Password rules) {
        checkRequired(rules);
        double all = rules.length() * Math.log(rules.alphabet().length()) / Math.log(2);
        return Math.max(1, Math.pow(2, all - bits(rules)));
    }

    private static void checkAlphabet(String alphabet) {
        if (alphabet.length() < 2) {
            throw new InvalidInput("alphabet", "fewer than two characters give 0.0 bits of entropy");
        }
        if (alphabet.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new InvalidInput("alphabet", "only letters, digits and symbols of ASCII are allowed, and no space");
        }
        int distinct = (int) alphabet.chars().distinct().count();
        if (distinct < alphabet.length()) {
            throw new InvalidInput(
                    "alphabet",
                    "a character occurs more than once, which makes it more likely than others: "
                            + text(log2(BigInteger.valueOf(distinct))) + " bits of entropy per character at most");
        }
    }

    private static void checkRequired(SecretRules.Password rules) {
        for (CharacterClass required : rules.required()) {
            if (size(rules.alphabet(), required) == 0) {
                throw new InvalidInput(
                        "required",
                        "the alphabet has no character of the required class " + required + ": 0.0 bits of entropy");
            }
        }
        if (rules.length() < rules.required().size()) {
            throw new InvalidInput(
                    "length", words(rules) + " cannot hold one character of each class: 0.0 bits of entropy");
        }
    }

    /** The number of strings that hold at least one character of each required class; the classes are disjoint. */
    private static BigInteger passwords(SecretRules.Password rules) {
        List<CharacterClass> required = List.copyOf(rules.required());
        BigInteger count = BigInteger.ZERO;
        for (int absent = 0; absent < 1 << required.size(); absent++) {
            int left = rules.alphabet().length();
            for (int i = 0; i < required.size(); i++) {
                if ((absent & 1 << i) != 0) {
                    left -= size(rules.alphabet(), required.get(i));
                }
            }
            BigInteger without = BigInteger.valueOf(left).pow(rules.length());
            count = Integer.bitCount(absent) % 2 == 0 ? count.add(without) : count.subtract(without);
        }
        return count;
    }

    private static int size(String alphabet, CharacterClass characterClass) {
        return (int) alphabet.chars()
                .filter(c -> characterClass.characters().indexOf(c) >= 0)
                .count();
    }

    private static double log2(BigInteger number) {
        if (number.signum() <= 0) {
            return 0;
        }
        int shift = Math.max(0, number.bitLength() - Long.SIZE);
        return shift + Math.log(number.shiftRight(shift).doubleValue()) / Math.log(2);
    }

    private static String words(SecretRules.Password rules) {
        return rules.length() + " characters from an alphabet of "
                + rules.alphabet().length() + " with " + rules.required().size() + " required classes";
    }

    private static String text(double bits) {
        return String.format(Locale.ROOT, "%.1f", bits);
    }
}
