package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A configuration that tests write in Java. */
public final class PaperCatalog implements Catalog {

    private final Map<CredentialName, Credential> credentials = new ConcurrentSkipListMap<>();

    /** Adds or replaces a credential. */
    public void put(Credential credential) {
        credentials.put(credential.name(), credential);
    }

    /** Takes a credential out of the configuration. */
    public void remove(CredentialName name) {
        credentials.remove(name);
    }

    /** Empties the configuration. */
    public void clear() {
        credentials.clear();
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        return Optional.ofNullable(credentials.get(name));
    }

    @Override
    public Collection<Credential> credentials() {
        return credentials.values();
    }

    @Override
    public Collection<Policy> policies() {
        return credentials.values().stream().map(Credential::policy).distinct().toList();
    }

    @Override
    public Collection<Endpoint> targets() {
        return List.of();
    }

    @Override
    public Collection<Endpoint> stores() {
        return List.of();
    }
}
