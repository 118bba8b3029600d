package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Lifecycles.Selected;
import dev.lockstep.port.Lifecycles.Selection;
import dev.lockstep.port.Operations;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds out which credentials a selection stands for, and what stands in the way of decommissioning each. */
@Component
public class SelectCredentials {

    /** More than anybody should decommission at once. */
    private static final int MOST = 1000;

    private static final Set<CredentialStatus> MAY_GO =
            EnumSet.of(CredentialStatus.ACTIVE, CredentialStatus.CONTAINED, CredentialStatus.UNMANAGED);

    private final Catalog catalog;
    private final Inventory inventory;
    private final Operations operations;

    SelectCredentials(Catalog catalog, Inventory inventory, Operations operations) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.operations = operations;
    }

    /** Reads only. Those whose life is over are not mentioned. */
    public List<Selected> run(Selection selection) {
        if (selection.environment().isEmpty() && selection.labels().isEmpty()) {
            throw new InvalidInput("labels", "an environment or labels are needed; nobody decommissions everything");
        }
        Map<CredentialName, InventoryEntry> known =
                inventory.list().stream().collect(Collectors.toMap(InventoryEntry::name, Function.identity()));
        List<Selected> selected = catalog.credentials().stream()
                .filter(credential -> matches(selection, credential))
                .map(credential -> Optional.ofNullable(known.get(credential.name())))
                .flatMap(Optional::stream)
                .filter(entry -> entry.status() != CredentialStatus.DECOMMISSIONED)
                .map(entry -> new Selected(entry.name(), objection(entry)))
                .toList();
        if (selected.size() > MOST) {
            throw new InvalidInput(
                    "labels",
                    "this stands for " + selected.size() + " credentials, but at most " + MOST + " go at once");
        }
        return selected;
    }

    private static boolean matches(Selection selection, Credential credential) {
        return selection
                        .environment()
                        .filter(environment ->
                                !environment.equals(credential.name().environment()))
                        .isEmpty()
                && selection.labels().entrySet().stream()
                        .allMatch(label ->
                                label.getValue().equals(credential.labels().get(label.getKey())));
    }

    private Optional<String> objection(InventoryEntry entry) {
        Optional<Operation> active = operations.active(entry.name());
        if (active.isPresent()) {
            return Optional.of("has the operation " + active.get().label() + " under way");
        }
        List<String> users = catalog.usersOf(entry.name());
        if (!users.isEmpty()) {
            return Optional.of("is what Lockstep itself logs in with: " + String.join(", ", users));
        }
        return MAY_GO.contains(entry.status()) ? Optional.empty() : Optional.of("is not issued yet");
    }
}
