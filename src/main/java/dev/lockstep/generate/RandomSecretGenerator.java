package dev.lockstep.generate;

import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretGenerator;
import java.security.SecureRandom;

/** Makes passwords and key pairs; rules that are impossible or too weak are refused before anything is drawn. */
final class RandomSecretGenerator implements SecretGenerator {

    private final Passwords passwords;
    private final KeyPairs keyPairs;

    RandomSecretGenerator(SecureRandom random) {
        this.passwords = new Passwords(random::nextInt);
        this.keyPairs = new KeyPairs(random);
    }

    @Override
    public SecretValue generate(SecretRules rules) {
        return rules instanceof SecretRules.Password password
                ? passwords.generate(password)
                : keyPairs.generate((SecretRules.KeyPair) rules);
    }
}
