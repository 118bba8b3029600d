package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Route;
import dev.lockstep.domain.SignalSource;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Definitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds the configuration in force, in one place, so that it is exchanged as a whole, and adds the credentials that
 * were issued on request. Where both know a name, the configuration is right.
 */
final class LiveCatalog implements Catalog {

    private final IssuedCredentials issued;
    private volatile InForce inForce;

    /** @param definitions asked for at the first use only: the configuration is read before the ledger is there */
    LiveCatalog(Snapshot snapshot, Supplier<Definitions> definitions) {
        this(snapshot, "", definitions);
    }

    /** @param digest of the files that say so */
    LiveCatalog(Snapshot snapshot, String digest, Supplier<Definitions> definitions) {
        this.inForce = InForce.of(snapshot, digest);
        this.issued = new IssuedCredentials(definitions);
    }

    /** Puts another configuration in force. */
    void replace(Snapshot next) {
        replace(next, "");
    }

    /** Puts another configuration in force; readers see all of it or nothing. */
    void replace(Snapshot next, String digest) {
        inForce = InForce.of(next, digest);
    }

    /** The configuration in force with the digest of its files. */
    InForce inForce() {
        return inForce;
    }

    /** The configuration with the credentials that were issued on request. */
    Snapshot complete(Snapshot configured) {
        return configured.with(issued.with(configured.credentials(), configured.policies()));
    }

    /** The configuration in force, for questions whose answers must fit together. */
    Snapshot snapshot() {
        return inForce.snapshot();
    }

    /** A configuration, and what is derived from it once. */
    record InForce(Snapshot snapshot, String digest, Relatives relatives) {

        static InForce of(Snapshot snapshot, String digest) {
            return new InForce(
                    snapshot, digest, new Relatives(snapshot.credentials().values()));
        }
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        Snapshot now = snapshot();
        return Optional.ofNullable(now.credentials().get(name)).or(() -> issued.find(name, now.policies()));
    }

    @Override
    public Collection<Credential> credentials() {
        Snapshot now = snapshot();
        return issued.with(now.credentials(), now.policies());
    }

    /** Without looking at each credential, because a thousand may leak at once. */
    @Override
    public Collection<Credential> relatives(Credential leaked) {
        InForce both = inForce;
        Snapshot now = both.snapshot();
        List<Credential> found = new ArrayList<>(both.relatives().of(leaked));
        issued.withPrincipals(leaked.principals(), now.policies()).stream()
                .filter(credential -> !now.credentials().containsKey(credential.name()))
                .forEach(found::add);
        return found;
    }

    @Override
    public Collection<Credential> configured() {
        return snapshot().credentials().values();
    }

    @Override
    public boolean configured(CredentialName name) {
        return snapshot().credentials().containsKey(name);
    }

    @Override
    public List<String> usersOf(CredentialName name) {
        Snapshot now = snapshot();
        String reference = Reference.to(name);
        return Stream.of(
                        users("target ", now.targets().values().stream(), reference),
                        users("store ", now.stores().values().stream(), reference),
                        users("channel ", now.channels().values().stream().map(Route::endpoint), reference),
                        users("signal source ", now.sources().values().stream().map(SignalSource::endpoint), reference))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<String> users(String noun, Stream<Endpoint> endpoints, String reference) {
        return endpoints
                .filter(endpoint -> endpoint.settings().containsValue(reference))
                .map(endpoint -> noun + endpoint.name());
    }

    @Override
    public Optional<String> lack(Credential credential) {
        Snapshot now = snapshot();
        SchemaSources sources = new SchemaSources(credential, now.targets().get(credential.target()));
        return Optional.ofNullable(now.schemas().get(credential.kind()))
                .flatMap(schema -> SchemaNeeds.of(schema).lacking(sources).findFirst())
                .map(need -> need.sentence(credential));
    }

    @Override
    public Collection<Policy> policies() {
        return snapshot().policies().values();
    }

    @Override
    public Collection<Endpoint> targets() {
        return snapshot().targets().values();
    }

    @Override
    public TargetLimits limits(String target) {
        return snapshot().limits().getOrDefault(target, TargetLimits.DEFAULT);
    }

    @Override
    public Collection<Endpoint> stores() {
        return snapshot().stores().values();
    }
}
