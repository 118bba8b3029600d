package dev.lockstep.web;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Sight;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Joins configuration, inventory, operations and human tasks, with a handful of queries for all credentials. */
@Component
class CredentialRows {

    /** More operations than this are not looked at; their credentials show as without one. */
    static final int MOST = 2000;

    private final Catalog catalog;
    private final Inventory inventory;
    private final Operations operations;
    private final HumanTasks humanTasks;
    private final Sight sight;
    private final Clock clock;

    CredentialRows(
            Catalog catalog,
            Inventory inventory,
            Operations operations,
            HumanTasks humanTasks,
            Sight sight,
            Clock clock) {
        this.sight = sight;
        this.catalog = catalog;
        this.inventory = inventory;
        this.operations = operations;
        this.humanTasks = humanTasks;
        this.clock = clock;
    }

    /** All credentials that configuration or inventory know and who asks may see, in the order of their names. */
    List<CredentialRow> all(List<Operation> active, List<Escalations.Task> tasks) {
        Map<CredentialName, Credential> configured =
                catalog.credentials().stream().collect(Collectors.toMap(Credential::name, Function.identity()));
        Map<CredentialName, InventoryEntry> registered =
                inventory.list().stream().collect(Collectors.toMap(InventoryEntry::name, Function.identity()));
        Map<CredentialName, Operation> running = active.stream()
                .collect(Collectors.toMap(Operation::credential, Function.identity(), (one, other) -> other));
        Map<String, Escalations.Task> waiting = tasks.stream()
                .collect(Collectors.toMap(Escalations.Task::credential, Function.identity(), (first, later) -> first));
        TreeSet<CredentialName> names = new TreeSet<>(configured.keySet());
        names.addAll(registered.keySet());
        Instant now = clock.instant();
        Reach reach = sight.reading();
        return names.stream()
                .filter(reach::sees)
                .map(name -> new CredentialRow(
                        name,
                        configured.get(name),
                        registered.get(name),
                        running.get(name),
                        waiting.get(name.value()),
                        now))
                .toList();
    }

    /** All credentials with what is active now. */
    List<CredentialRow> all() {
        return all(operations.active(MOST), humanTasks.open());
    }

    /** One credential; throws {@link NotFound}. */
    CredentialRow one(CredentialName name) {
        Credential configured = catalog.credential(name).orElse(null);
        InventoryEntry entry = inventory.find(name).orElse(null);
        if (configured == null && entry == null) {
            throw new NotFound("There is no credential " + name + ".");
        }
        Operation active = operations.active(name).orElse(null);
        Escalations.Task task = active == null ? null : humanTasks.of(active);
        return new CredentialRow(name, configured, entry, active, task, clock.instant());
    }
}
