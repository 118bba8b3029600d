package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Forecasts;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks ahead from what configuration and inventory say now. */
public final class LedgerForecasts implements Forecasts {

    private final Catalog catalog;
    private final Supplier<Inventory> inventory;
    private final Clock clock;

    /** @param inventory asked for at the first use only: the configuration is read before the ledger is there */
    public LedgerForecasts(Catalog catalog, Supplier<Inventory> inventory, Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.clock = clock;
    }

    @Override
    public Forecast ahead(Duration ahead, Predicate<Credential> about, int most) {
        Instant now = clock.instant();
        Map<CredentialName, InventoryEntry> entries =
                inventory.get().list().stream().collect(Collectors.toMap(InventoryEntry::name, Function.identity()));
        List<Forecasting.Subject> subjects = new ArrayList<>();
        for (Credential credential : catalog.credentials()) {
            Due due = due(credential, entries.get(credential.name()), now);
            if (due != null) {
                subjects.add(new Forecasting.Subject(credential, due));
            }
        }
        return Forecasting.of(subjects, catalog::limits, new Forecasting.Question(now, now.plus(ahead), about, most));
    }

    /** Null for one that does not rotate: it is contained, disabled or gone. */
    private static @Nullable Due due(Credential credential, @Nullable InventoryEntry entry, Instant now) {
        if (entry == null) {
            return DueTimes.after(credential.policy(), credential.name(), now);
        }
        return entry.status() == CredentialStatus.ACTIVE
                ? new Due(entry.nextRotationAt(), entry.rotateBy(), entry.rule())
                : null;
    }
}
