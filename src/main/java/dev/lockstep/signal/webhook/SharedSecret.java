package dev.lockstep.signal.webhook;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What both sides know; looked up for each delivery.
 *
 * @param reference as the configuration writes it
 */
record SharedSecret(String reference, SecretReferences references) {

    static SharedSecret of(Endpoint endpoint, SecretReferences references) {
        String reference = endpoint.settings().getOrDefault("secret", "");
        if (reference.isBlank()) {
            throw new InvalidInput("secret", "a source of type " + endpoint.type() + " needs secret");
        }
        return new SharedSecret(reference, references);
    }

    /** Whether any of the values that it may have at the moment is accepted; there are several while it is rotated. */
    boolean fits(Function<byte[], Boolean> accepts) {
        for (Supplier<Optional<SecretValue>> candidate : references.candidates(reference)) {
            Optional<SecretValue> found = candidate.get();
            if (found.isPresent()) {
                try (SecretValue value = found.get()) {
                    if (value.expose(accepts)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
