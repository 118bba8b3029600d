package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.Catalog;
import java.util.Collection;
import java.util.Optional;

/** Holds the configuration in force, in one place, so that it is exchanged as a whole. */
final class LiveCatalog implements Catalog {

    private volatile Snapshot snapshot;

    LiveCatalog(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Puts another configuration in force. */
    void replace(Snapshot next) {
        snapshot = next;
    }

    /** The configuration in force, for questions whose answers must fit together. */
    Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        return Optional.ofNullable(snapshot.credentials().get(name));
    }

    @Override
    public Collection<Credential> credentials() {
        return snapshot.credentials().values();
    }

    @Override
    public Collection<Policy> policies() {
        return snapshot.policies().values();
    }

    @Override
    public Collection<Endpoint> targets() {
        return snapshot.targets().values();
    }

    @Override
    public TargetLimits limits(String target) {
        return snapshot.limits().getOrDefault(target, TargetLimits.DEFAULT);
    }

    @Override
    public Collection<Endpoint> stores() {
        return snapshot.stores().values();
    }
}
