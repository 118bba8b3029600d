package dev.lockstep.observe;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.util.Optional;

/** A store that repeats the secret in its exceptions, as careless drivers do. */
class FakeStore implements SecretStore {

    Health health = new Health(true, "fine");
    int healthChecks;

    @Override
    public void stage(SecretRef ref, SecretValue value) {
        throw new IllegalStateException("duplicate key " + Samples.text(value));
    }

    @Override
    public Optional<SecretValue> read(SecretRef ref) {
        return Optional.empty();
    }

    @Override
    public void promote(SecretRef ref) {
        throw new StackOverflowError("deep");
    }

    @Override
    public Optional<SecretRef> current(CredentialName credential) {
        return Optional.empty();
    }

    @Override
    public void withdraw(CredentialName credential) {}

    @Override
    public void destroy(SecretRef ref) {}

    @Override
    public Health health() {
        healthChecks++;
        return health;
    }
}
