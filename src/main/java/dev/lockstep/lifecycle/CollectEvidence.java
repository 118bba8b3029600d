package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.AccessReviews;
import dev.lockstep.port.Approvers;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** Collects for an owner who reads and approves which credentials, as it is now. Reads only. */
@Component
public class CollectEvidence {

    private final Catalog catalog;
    private final Consumers consumers;
    private final Inventory inventory;
    private final Approvers approvers;
    private final Clock clock;

    CollectEvidence(Catalog catalog, Consumers consumers, Inventory inventory, Approvers approvers, Clock clock) {
        this.catalog = catalog;
        this.consumers = consumers;
        this.inventory = inventory;
        this.approvers = approvers;
        this.clock = clock;
    }

    /** Everybody who owns a credential, in alphabetical order. */
    public List<String> owners() {
        return catalog.credentials().stream()
                .map(Credential::owner)
                .distinct()
                .sorted()
                .toList();
    }

    /** What one owner has to look at. */
    public AccessReviews.Evidence run(String owner) {
        return new AccessReviews.Evidence(
                owner,
                catalog.credentials().stream()
                        .filter(credential -> credential.owner().equals(owner))
                        .map(this::access)
                        .toList(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private AccessReviews.Access access(Credential credential) {
        return new AccessReviews.Access(
                credential.name().value(),
                consumers.of(credential.name()).stream()
                        .map(seen -> new AccessReviews.Reader(seen.consumer(), seen.version(), seen.at()))
                        .toList(),
                approvers.of(credential),
                inventory
                        .find(credential.name())
                        .map(InventoryEntry::lastRotatedAt)
                        .orElse(null));
    }
}
