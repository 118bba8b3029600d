package dev.lockstep.observe;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A configuration with one credential. */
record FakeCatalog(List<Endpoint> stores) implements Catalog {

    FakeCatalog() {
        this(List.of(Samples.STORE));
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        return credentials().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Collection<Credential> credentials() {
        return List.of(Samples.CREDENTIAL);
    }

    @Override
    public Collection<Credential> relatives(Credential leaked) {
        return List.of();
    }

    @Override
    public Collection<Credential> configured() {
        return credentials();
    }

    @Override
    public boolean configured(CredentialName name) {
        return credential(name).isPresent();
    }

    @Override
    public Collection<Policy> policies() {
        return List.of(Samples.CREDENTIAL.policy());
    }

    @Override
    public Collection<Endpoint> targets() {
        return List.of(Samples.TARGET);
    }
}
