package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds every credential that the leak opens as well: same value, same account, or derived from one of them. */
@Component
public class DetermineBlastRadius {

    private final Incidents incidents;
    private final Versions versions;
    private final Catalog catalog;
    private final Endpoints endpoints;

    DetermineBlastRadius(Incidents incidents, Versions versions, Catalog catalog, Endpoints endpoints) {
        this.incidents = incidents;
        this.versions = versions;
        this.catalog = catalog;
        this.endpoints = endpoints;
    }

    /** Goes on from each that it finds. */
    public void run(long incident) {
        Set<CredentialName> known = new HashSet<>();
        incidents.affected(incident).forEach(affected -> known.add(affected.credential()));
        Deque<CredentialName> open = new ArrayDeque<>(known);
        while (!open.isEmpty()) {
            catalog.credential(open.remove())
                    .ifPresent(leaked -> reachedFrom(leaked).forEach((reached, relation) -> {
                        if (known.add(reached)) {
                            incidents.involve(incident, reached, relation);
                            open.add(reached);
                        }
                    }));
        }
    }

    /** What a leak of this credential opens at once as well, without noting it. */
    Map<CredentialName, Affected.Relation> around(CredentialName name) {
        return catalog.credential(name).map(this::reachedFrom).orElseGet(Map::of);
    }

    private Map<CredentialName, Affected.Relation> reachedFrom(Credential leaked) {
        Map<CredentialName, Affected.Relation> reached = new HashMap<>();
        for (Version version : versions.unerased(leaked.name())) {
            for (Version same : versions.withFingerprint(version.fingerprint())) {
                reached.putIfAbsent(same.ref().credential(), Affected.Relation.SAME_VALUE);
            }
        }
        for (Credential other : catalog.relatives(leaked)) {
            if (other.derivedFrom().contains(leaked.name())) {
                reached.putIfAbsent(other.name(), Affected.Relation.DERIVED);
            } else if (sharePrincipal(leaked, other)) {
                reached.putIfAbsent(other.name(), Affected.Relation.SAME_PRINCIPAL);
            }
        }
        reached.keySet().removeIf(name -> catalog.credential(name).isEmpty());
        return reached;
    }

    private boolean sharePrincipal(Credential one, Credential other) {
        return !Collections.disjoint(one.principals(), other.principals())
                && endpoints.same(one.target(), other.target());
    }
}
