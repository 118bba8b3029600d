package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.ConfigurationRecords.Move;
import dev.lockstep.port.ConfigurationRecords.Unsettled;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the ledger follow the configuration: due times of changed schedules, and credentials that left the files or came
 * back. What is new is adopted by the schedule. Each part can be done twice, by several nodes at once.
 */
final class Settlement {

    private final LiveCatalog catalog;
    private final Inventory inventory;
    private final ConfigurationRecords records;
    private final Function<String, @Nullable Snapshot> kept;
    private final Clock clock;

    /** @param kept reads a former configuration; null when it is not there any more, or not understood */
    Settlement(
            LiveCatalog catalog,
            Inventory inventory,
            ConfigurationRecords records,
            Function<String, @Nullable Snapshot> kept,
            Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.records = records;
        this.kept = kept;
        this.clock = clock;
    }

    /** @param known former configurations that need not be read */
    void run(Map<String, Snapshot> known) {
        for (Unsettled open : records.unsettled()) {
            @Nullable Snapshot former = open.former() == null ? null : known.get(open.former());
            settle(former == null && open.former() != null ? kept.apply(open.former()) : former);
            records.settled(open.id());
        }
    }

    private void settle(@Nullable Snapshot former) {
        Instant now = clock.instant();
        Snapshot current = catalog.complete(catalog.snapshot());
        List<CredentialName> left = new ArrayList<>();
        List<Move> moved = new ArrayList<>();
        for (InventoryEntry entry : inventory.list()) {
            @Nullable Credential is = current.credentials().get(entry.name());
            if (is == null && entry.status() == CredentialStatus.ACTIVE) {
                left.add(entry.name());
            } else if (is != null && entry.status() == CredentialStatus.UNMANAGED) {
                inventory.enter(entry.name(), is.target(), Rescheduling.back(is, entry, now));
            } else if (is != null && entry.status() == CredentialStatus.ACTIVE && former != null) {
                @Nullable Credential was = former.credentials().get(entry.name());
                if (was != null) {
                    Rescheduling.of(was, is, entry, now)
                            .filter(move -> !Objects.equals(move.after(), entry.nextRotationAt()))
                            .ifPresent(move -> moved.add(new Move(entry.name(), entry.nextRotationAt(), move.after())));
                }
            }
        }
        records.leave(left);
        records.move(moved);
    }
}
