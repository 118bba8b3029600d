package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Definitions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Credentials that were asked for, with the policies of the configuration. */
public final class IssuedCredentials {

    private final Supplier<Definitions> definitions;

    /** @param definitions the ledger's, asked for at the first use */
    public IssuedCredentials(Supplier<Definitions> definitions) {
        this.definitions = definitions;
    }

    /** One credential; empty when nobody asked for it, or when there is no policy for it any more. */
    public Optional<Credential> find(CredentialName name, Map<String, Policy> policies) {
        return definitions.get().find(name).flatMap(definition -> under(policies, definition));
    }

    /** Those that have an account of one of these names, at whatever target. */
    public Collection<Credential> withPrincipals(Collection<String> principals, Map<String, Policy> policies) {
        return definitions.get().withPrincipals(principals).stream()
                .flatMap(definition -> under(policies, definition).stream())
                .toList();
    }

    /** The configured credentials and those that were asked for, in the order of their names. */
    public Collection<Credential> with(Map<CredentialName, Credential> configured, Map<String, Policy> policies) {
        List<Definition> asked = definitions.get().list();
        SortedMap<CredentialName, Credential> all = new TreeMap<>(configured);
        for (Definition definition : asked) {
            under(policies, definition).ifPresent(credential -> all.putIfAbsent(credential.name(), credential));
        }
        return all.values();
    }

    /** Empty also when the policy has another strategy now, which takes another number of accounts. */
    private static Optional<Credential> under(Map<String, Policy> policies, Definition definition) {
        return Optional.ofNullable(policies.get(definition.policy()))
                .filter(policy ->
                        definition.principals().size() == policy.strategy().accounts())
                .map(definition::under);
    }
}
