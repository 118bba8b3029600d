package dev.lockstep.domain;

import java.util.Set;

/** What a secret must look like: a random password or a key pair. */
public sealed interface SecretRules {

    /**
     * A stable digest of the rules in lower-case hex, so that a staged version made by other rules can be told apart.
     */
    default String digest() {
        return Digests.sha256(toString());
    }

    /**
     * A random password.
     *
     * @param length number of characters
     * @param alphabet every character that may occur, each once, in a fixed order
     * @param required character classes of which at least one character must occur
     * @param minimumEntropyBits floor below which the rules are refused, in bits
     */
    record Password(int length, String alphabet, Set<CharacterClass> required, int minimumEntropyBits)
            implements SecretRules {
        public Password {
            required = Set.copyOf(required);
        }

        @Override
        public String toString() {
            return "password:" + length + ':' + alphabet + ':'
                    + required.stream().sorted().toList() + ':' + minimumEntropyBits;
        }
    }

    /**
     * A key pair; the secret is the private key in PKCS#8 PEM (RFC 7468).
     *
     * @param algorithm the kind of key
     * @param size modulus length in bits for RSA, curve size in bits for EC (256, 384, 521), 255 for Ed25519
     */
    record KeyPair(KeyAlgorithm algorithm, int size) implements SecretRules {}

    /** Character classes that systems ask for. */
    enum CharacterClass {
        LOWER("abcdefghijklmnopqrstuvwxyz"),
        UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        DIGIT("0123456789"),
        SYMBOL("!#$%&()*+,-./:;<=>?@[]^_{|}~");

        private final String characters;

        CharacterClass(String characters) {
            this.characters = characters;
        }

        /** All characters of the class, in ASCII order. */
        public String characters() {
            return characters;
        }
    }

    /** Kinds of key pairs. */
    enum KeyAlgorithm {
        RSA,
        EC,
        ED25519
    }
}
