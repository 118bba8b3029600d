package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Approvers;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds out whether there may be a drill with a credential: nothing in use may come to harm. Reads only. */
@Component
public class CheckSandbox {

    private final Catalog catalog;
    private final Inventory inventory;
    private final Versions versions;
    private final Operations operations;
    private final Incidents incidents;
    private final DetermineBlastRadius radius;
    private final Approvers approvers;
    private final Drills drills;

    CheckSandbox(
            Catalog catalog,
            Inventory inventory,
            Versions versions,
            Operations operations,
            Incidents incidents,
            DetermineBlastRadius radius,
            Approvers approvers,
            Drills drills) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.versions = versions;
        this.operations = operations;
        this.incidents = incidents;
        this.radius = radius;
        this.approvers = approvers;
        this.drills = drills;
    }

    /** Why the credential must never be used for drills; empty when it may. */
    public Optional<String> unfit(CredentialName name) {
        Optional<Credential> known = catalog.credential(name);
        if (known.isEmpty()) {
            return Optional.of("there is no credential " + name);
        }
        if (!Drill.allows(known.get())) {
            return Optional.of(name + " is not marked as sandbox; drills are made only with credentials that have the"
                    + " label " + Drill.SANDBOX + ": \"" + Drill.SANDBOX_VALUE + "\"");
        }
        Set<CredentialName> others = new TreeSet<>(radius.around(name).keySet());
        others.remove(name);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(name + " shares its value or its account with, or is the origin of, "
                        + others.stream().map(CredentialName::value).collect(Collectors.joining(", "))
                        + "; a sandbox stands alone");
    }

    /** Why there can be no such drill at this moment; empty when there can. */
    public Optional<String> inTheWay(CredentialName name, Drill.Scenario scenario) {
        Optional<Operation> active = operations.active(name);
        if (active.isPresent()) {
            return Optional.of(active.get().label() + " of " + name + " is under way; wait for its end");
        }
        boolean atRest = inventory
                .find(name)
                .map(InventoryEntry::status)
                .filter(CredentialStatus.ACTIVE::equals)
                .isPresent();
        if (!atRest || versions.current(name).isEmpty()) {
            return Optional.of(name + " is not in use: it has no current version, or is contained or disabled");
        }
        String approval = approvers.of(catalog.credential(name).orElseThrow()).group();
        if (scenario != Drill.Scenario.LEAK && !approval.isEmpty()) {
            return Optional.of("a rotation of " + name + " waits for the approval of " + approval
                    + "; give the sandbox a policy without");
        }
        Optional<Incident> open = incidents.openAbout(Set.of(name)).stream().findFirst();
        if (scenario == Drill.Scenario.LEAK && open.isPresent()) {
            return Optional.of(open.get().label() + " about " + name + " is open; close it first");
        }
        return scenario == Drill.Scenario.LOST_NODE && !drills.shared()
                ? Optional.of("the embedded database can be opened by one process only, so there is no second node to"
                        + " lose; this scenario needs PostgreSQL as Lockstep's database")
                : Optional.empty();
    }

    /** The version that applications read before anything is done. */
    public Optional<Integer> served(CredentialName name) {
        return versions.current(name).map(Version::ref).map(ref -> ref.version());
    }
}
