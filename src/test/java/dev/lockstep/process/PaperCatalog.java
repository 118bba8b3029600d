package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.policy.IssuedCredentials;
import dev.lockstep.policy.Relatives;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Definitions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A configuration that tests write in Java. */
public final class PaperCatalog implements Catalog {

    private final Map<CredentialName, Credential> credentials = new ConcurrentSkipListMap<>();
    private final Map<String, Policy> policies = new ConcurrentSkipListMap<>();
    private final Map<String, Endpoint> targets = new ConcurrentSkipListMap<>();
    private final Map<String, Endpoint> stores = new ConcurrentSkipListMap<>();
    private final Map<String, TargetLimits> limits = new ConcurrentSkipListMap<>();
    private final IssuedCredentials issued;
    private volatile @Nullable String lack;

    /** A configuration beside which nothing is issued. */
    public PaperCatalog() {
        this(Nothing::new);
    }

    /** A configuration beside what stands in the ledger. */
    public PaperCatalog(Supplier<Definitions> definitions) {
        this.issued = new IssuedCredentials(definitions);
    }

    /** Adds or replaces a credential. */
    public void put(Credential credential) {
        credentials.put(credential.name(), credential);
    }

    /** Takes a credential out of the configuration. */
    public void remove(CredentialName name) {
        credentials.remove(name);
    }

    /** Adds or replaces a policy that no credential need have. */
    public void put(Policy policy) {
        policies.put(policy.name(), policy);
    }

    /** Makes the names of a target and a store known. */
    public void endpoints(String target, String store) {
        targets.put(target, new Endpoint(target, "paper", Map.of()));
        stores.put(store, new Endpoint(store, "embedded", Map.of()));
    }

    /** Says how gently a target is treated. */
    public void limit(String target, TargetLimits how) {
        limits.put(target, how);
    }

    /** Says of each credential that it lacks something. */
    public void lacking(String sentence) {
        lack = sentence;
    }

    @Override
    public Optional<String> lack(Credential credential) {
        return Optional.ofNullable(lack);
    }

    @Override
    public TargetLimits limits(String target) {
        return limits.getOrDefault(target, TargetLimits.DEFAULT);
    }

    /** Empties the configuration. */
    public void clear() {
        lack = null;
        credentials.clear();
        policies.clear();
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        return Optional.ofNullable(credentials.get(name)).or(() -> issued.find(name, policies));
    }

    @Override
    public Collection<Credential> credentials() {
        return issued.with(credentials, policies);
    }

    @Override
    public Collection<Credential> relatives(Credential leaked) {
        return new Relatives(credentials()).of(leaked);
    }

    @Override
    public Collection<Credential> configured() {
        return List.copyOf(credentials.values());
    }

    @Override
    public boolean configured(CredentialName name) {
        return credentials.containsKey(name);
    }

    @Override
    public Collection<Policy> policies() {
        return Stream.concat(
                        policies.values().stream(),
                        credentials.values().stream().map(Credential::policy))
                .distinct()
                .toList();
    }

    @Override
    public Collection<Endpoint> targets() {
        Map<String, Endpoint> all = new TreeMap<>(targets);
        credentials
                .values()
                .forEach(each -> all.putIfAbsent(each.target(), new Endpoint(each.target(), "paper", Map.of())));
        return all.values();
    }

    @Override
    public Collection<Endpoint> stores() {
        return stores.values();
    }

    private static final class Nothing implements Definitions {

        @Override
        public boolean add(Definition definition) {
            return false;
        }

        @Override
        public Optional<Definition> find(CredentialName name) {
            return Optional.empty();
        }

        @Override
        public List<Definition> withPrincipals(Collection<String> principals) {
            return List.of();
        }

        @Override
        public List<Definition> list() {
            return List.of();
        }
    }
}
