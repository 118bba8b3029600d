package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configured credentials by the names of their accounts and by what they are derived from. Immutable. */
public final class Relatives {

    private final Map<String, List<Credential>> byPrincipal = new HashMap<>();
    private final Map<CredentialName, List<Credential>> derived = new HashMap<>();

    /** The credentials of one configuration. */
    public Relatives(Collection<Credential> credentials) {
        for (Credential credential : credentials) {
            credential.principals().forEach(principal -> note(byPrincipal, principal, credential));
            credential.derivedFrom().forEach(origin -> note(derived, origin, credential));
        }
    }

    private static <K> void note(Map<K, List<Credential>> index, K key, Credential credential) {
        index.computeIfAbsent(key, first -> new ArrayList<>(1)).add(credential);
    }

    /** Those derived from it, and those with an account of the same name at whatever target, itself among them. */
    public Set<Credential> of(Credential credential) {
        Set<Credential> found = new LinkedHashSet<>(derived.getOrDefault(credential.name(), List.of()));
        credential.principals().forEach(principal -> found.addAll(byPrincipal.getOrDefault(principal, List.of())));
        return found;
    }
}
