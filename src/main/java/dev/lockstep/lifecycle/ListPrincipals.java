package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Principal;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Sightings;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetGates;
import dev.lockstep.port.Targets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds accounts at a target that no credential has. */
@Component
public class ListPrincipals {

    private final Catalog catalog;
    private final Targets targets;
    private final Sightings sightings;
    private final TargetGates gates;
    private final Clock clock;

    ListPrincipals(Catalog catalog, Targets targets, Sightings sightings, TargetGates gates, Clock clock) {
        this.catalog = catalog;
        this.targets = targets;
        this.sightings = sightings;
        this.gates = gates;
        this.clock = clock;
    }

    /** Targets that can tell their accounts, were not asked for a while and let routine work through. */
    public List<String> due() {
        Set<String> shut = gates.shut();
        return catalog.targets().stream()
                .map(Endpoint::name)
                .filter(target -> !shut.contains(target) && isDue(target))
                .toList();
    }

    private boolean isDue(String target) {
        Instant before = clock.instant().minus(catalog.limits(target).reconcileEvery());
        return sightings.listedAt(target).map(before::isAfter).orElse(true)
                && targets.target(target) instanceof Target.Discovers;
    }

    /** Does nothing at a target that cannot tell, or was asked lately. */
    public void run(String target) {
        if (!isDue(target) || !(targets.target(target) instanceof Target.Discovers discovers)) {
            return;
        }
        gates.enter(target, false);
        List<Principal> found = discovers.principals();
        Set<String> managed = catalog.credentials().stream()
                .filter(credential -> credential.target().equals(target))
                .map(Credential::principals)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        sightings.saw(
                target,
                found.stream()
                        .filter(principal -> !managed.contains(principal.name()))
                        .toList());
    }
}
