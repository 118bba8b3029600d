package dev.lockstep.delivery;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Catalog;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which credentials a program may read. The definitions of those that were issued on request are kept for a second; the
 * configuration is in memory anyway.
 */
final class ReadRights {

    private static final int MOST_KEPT = 10_000;

    private final Catalog catalog;
    private final Map<CredentialName, Credential> issued = new ConcurrentHashMap<>();

    ReadRights(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @throws Refused when it may not be read; whether it exists is not told then */
    Credential credential(Caller caller, CredentialName name) {
        return readable(caller, name).orElseThrow(Refused::denied);
    }

    /** The credential, when there is one and it may be read. */
    Optional<Credential> readable(Caller caller, CredentialName name) {
        return find(name).filter(credential -> caller.identity().reads().allow(credential));
    }

    private Optional<Credential> find(CredentialName name) {
        Credential kept = issued.get(name);
        if (kept != null) {
            return Optional.of(kept);
        }
        Optional<Credential> found = catalog.credential(name);
        if (found.isPresent() && !catalog.configured(name) && issued.size() < MOST_KEPT) {
            issued.put(name, found.get());
        }
        return found;
    }

    /** Forgets what was kept. */
    void sweep() {
        issued.clear();
    }

    /** What is right below a path, of what may be read: a name, or a folder that ends with a slash. */
    SortedSet<String> below(Caller caller, String folder) {
        String prefix = folder.isEmpty() ? "" : folder + '/';
        SortedSet<String> keys = new TreeSet<>();
        for (Credential credential : catalog.credentials()) {
            String name = credential.name().value();
            if (name.startsWith(prefix) && caller.identity().reads().allow(credential)) {
                String rest = name.substring(prefix.length());
                int slash = rest.indexOf('/');
                keys.add(slash < 0 ? rest : rest.substring(0, slash + 1));
            }
        }
        return keys;
    }
}
