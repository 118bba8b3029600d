package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.util.Optional;

/** A store that is only there to be looked up. */
final class InertStore implements SecretStore {

    @Override
    public void stage(SecretRef ref, SecretValue value) {}

    @Override
    public Optional<SecretValue> read(SecretRef ref) {
        return Optional.empty();
    }

    @Override
    public void promote(SecretRef ref) {}

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
        return new Health(true, "inert");
    }
}
