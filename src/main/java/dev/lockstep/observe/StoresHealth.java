package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.SecretStores;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Whether secrets can be read and written: down when no store answers, degraded when some do not. */
final class StoresHealth implements HealthIndicator {

    private static final Duration GOOD_FOR = Duration.ofSeconds(20);

    private final Catalog catalog;
    private final SecretStores stores;
    private final Remembered<Health> health;

    StoresHealth(Catalog catalog, SecretStores stores, Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.health = new Remembered<>(this::ask, GOOD_FOR, clock);
    }

    @Override
    public Health health() {
        return health.value();
    }

    private Health ask() {
        SortedMap<String, dev.lockstep.domain.Health> answers = new TreeMap<>();
        catalog.stores().forEach(store -> answers.put(store.name(), ask(store)));
        long up =
                answers.values().stream().filter(dev.lockstep.domain.Health::up).count();
        Health.Builder all = new Health.Builder();
        if (up == answers.size()) {
            all.up();
        } else if (up > 0) {
            all.status(Degraded.STATUS);
        } else {
            all.down();
        }
        answers.forEach((name, answer) -> all.withDetail(name, (answer.up() ? "up: " : "down: ") + answer.detail()));
        return all.build();
    }

    private dev.lockstep.domain.Health ask(Endpoint store) {
        try {
            return stores.store(store.name()).health();
        } catch (LockstepException notThere) {
            return new dev.lockstep.domain.Health(
                    false, "cannot be opened: " + notThere.code().anchor());
        }
    }
}
