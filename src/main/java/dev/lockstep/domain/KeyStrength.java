package dev.lockstep.domain;

import java.util.Set;

/** Refuses key pairs that are too weak or do not exist. */
public final class KeyStrength {

    private static final Set<Integer> RSA_SIZES = Set.of(2048, 3072, 4096);
    private static final Set<Integer> EC_SIZES = Set.of(256, 384, 521);
    private static final Set<Integer> ED25519_SIZES = Set.of(255);

    private KeyStrength() {}

    /** @throws InvalidInput with the field {@code size} */
    public static void check(SecretRules.KeyPair rules) {
        Set<Integer> sizes = switch (rules.algorithm()) {
            case RSA -> RSA_SIZES;
            case EC -> EC_SIZES;
            case ED25519 -> ED25519_SIZES;
        };
        if (!sizes.contains(rules.size())) {
            throw new InvalidInput(
                    "size",
                    "a key of the kind " + rules.algorithm() + " has one of the sizes "
                            + sizes.stream().sorted().toList() + ", not " + rules.size());
        }
    }
}
