package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.port.Arrangements;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the ledger which credentials are not rotated together, or not before others. */
@Component
class ArrangeNeighbours {

    private final Arrangements arrangements;
    private @Nullable Map<CredentialName, Neighbours> known;

    ArrangeNeighbours(Arrangements arrangements) {
        this.arrangements = arrangements;
    }

    /** Writes only what has changed since the last call. */
    synchronized void run(Collection<Credential> credentials) {
        Map<CredentialName, Neighbours> direct = new HashMap<>();
        for (Credential credential : credentials) {
            if (!credential.neighbours().equals(Neighbours.NONE)) {
                direct.put(credential.name(), credential.neighbours());
            }
        }
        Map<CredentialName, Neighbours> wanted = new HashMap<>();
        direct.forEach((name, neighbours) ->
                wanted.put(name, new Neighbours(neighbours.apart(), before(name, direct, new HashSet<>()))));
        Map<CredentialName, Neighbours> written = known == null ? arrangements.all() : known;
        Set<CredentialName> all = new HashSet<>(written.keySet());
        all.addAll(wanted.keySet());
        for (CredentialName name : all) {
            if (!Objects.equals(written.get(name), wanted.get(name))) {
                arrangements.arrange(name, wanted.getOrDefault(name, Neighbours.NONE));
            }
        }
        known = wanted;
    }

    /** All that come before a credential. */
    private static Set<CredentialName> before(
            CredentialName name, Map<CredentialName, Neighbours> direct, Set<CredentialName> found) {
        for (CredentialName first : direct.getOrDefault(name, Neighbours.NONE).after()) {
            if (found.add(first)) {
                before(first, direct, found);
            }
        }
        return found;
    }
}
