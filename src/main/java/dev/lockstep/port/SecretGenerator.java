package dev.lockstep.port;

import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;

/** Makes new secrets. */
public interface SecretGenerator {

    /** A fresh secret from a cryptographic source that follows the rules. The caller closes it. */
    SecretValue generate(SecretRules rules);
}
