package dev.lockstep.dryrun;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A secret store in memory. */
final class SimulatedStore implements SecretStore {

    private final Sabotage sabotage;
    private final Map<SecretRef, SecretValue> values = new HashMap<>();
    private final Map<CredentialName, SecretRef> current = new HashMap<>();

    SimulatedStore(Sabotage sabotage) {
        this.sabotage = sabotage;
    }

    boolean holds(SecretRef ref) {
        return values.containsKey(ref);
    }

    private void call() {
        sabotage.call(FailureCode.STORE_UNAVAILABLE, FailureCode.STORE_VERSION_MISSING);
    }

    @Override
    public void stage(SecretRef ref, SecretValue value) {
        call();
        values.put(ref, value.expose(SecretValue::of));
    }

    /** Never fails by plan: a step that only reads is to fail at what it does with the value. */
    @Override
    public Optional<SecretValue> read(SecretRef ref) {
        return Optional.ofNullable(values.get(ref)).map(value -> value.expose(SecretValue::of));
    }

    @Override
    public void promote(SecretRef ref) {
        call();
        if (!values.containsKey(ref)) {
            throw new PermanentException(FailureCode.STORE_VERSION_MISSING, "the simulated store does not hold " + ref);
        }
        current.put(ref.credential(), ref);
    }

    @Override
    public void withdraw(CredentialName credential) {
        call();
        current.remove(credential);
    }

    @Override
    public Optional<SecretRef> current(CredentialName credential) {
        return Optional.ofNullable(current.get(credential));
    }

    @Override
    public void destroy(SecretRef ref) {
        call();
        values.remove(ref);
    }

    @Override
    public Health health() {
        return new Health(true, "simulated");
    }
}
