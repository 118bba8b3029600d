package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes on what is new in the configuration: inventory, consumers, and the value in use where one is given. Adopting
 * never rotates; a credential without a value waits for its first rotation.
 */
@Component
public class AdoptCredentials {

    /** After the first failure; doubles with each further one. A target that counts wrong logins is not worn out. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 6;
    private static final Logger log = LoggerFactory.getLogger(AdoptCredentials.class);

    private final Catalog catalog;
    private final Inventory inventory;
    private final Consumers consumers;
    private final InitialValue initial;
    private final Timetable timetable;
    private final ArrangeNeighbours arrange;
    private final Clock clock;
    private final Map<CredentialName, Credential> adopted = new HashMap<>();
    private final Map<CredentialName, Failed> failed = new HashMap<>();

    /** What is still to be adopted of the configuration that was seen last. */
    private final Map<CredentialName, Credential> left = new LinkedHashMap<>();

    private Collection<Credential> seen = List.of();

    AdoptCredentials(
            Catalog catalog,
            Inventory inventory,
            Consumers consumers,
            InitialValue initial,
            Timetable timetable,
            ArrangeNeighbours arrange,
            Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.consumers = consumers;
        this.initial = initial;
        this.timetable = timetable;
        this.arrange = arrange;
        this.clock = clock;
    }

    /** Adopts all that can be adopted now, however long it takes. */
    public void run() {
        run(Duration.ofDays(1));
    }

    /**
     * Looks only at definitions that changed since the last call; one that cannot be adopted is tried again, ever more
     * seldom, and at once when its definition changes.
     *
     * @param most begins with no further one after that; the next call goes on
     */
    public synchronized void run(Duration most) {
        Instant stop = clock.instant().plus(most);
        look();
        Iterator<Credential> next = left.values().iterator();
        while (next.hasNext() && clock.instant().isBefore(stop)) {
            Credential credential = next.next();
            if (!waits(credential) && adopt(credential)) {
                next.remove();
            }
        }
    }

    /** Adopts one that the inventory does not know yet, for somebody who cannot wait for the next call. */
    public void now(CredentialName name) {
        if (inventory.find(name).isEmpty()) {
            single(name);
        }
    }

    private synchronized void single(CredentialName name) {
        look();
        Optional.ofNullable(left.get(name))
                .filter(credential -> !waits(credential) && adopt(credential))
                .ifPresent(adopted -> left.remove(name));
    }

    /** The configuration is exchanged as a whole, so that its identity tells whether it has changed. */
    @SuppressWarnings("ReferenceEquality")
    private void look() {
        Collection<Credential> now = catalog.configured();
        if (now == seen) {
            return;
        }
        arrange.run(now);
        left.clear();
        for (Credential credential : now) {
            if (!credential.equals(adopted.get(credential.name()))) {
                left.put(credential.name(), credential);
            }
        }
        adjustIssued();
        seen = now;
    }

    /** Those that stand in no document only follow their policy. */
    private void adjustIssued() {
        for (Credential credential : catalog.credentials()) {
            if (!catalog.configured(credential.name())) {
                inventory.find(credential.name()).ifPresent(entry -> timetable.adjust(credential, entry));
            }
        }
    }

    private boolean waits(Credential credential) {
        Failed before = failed.get(credential.name());
        return before != null
                && before.definition().equals(credential)
                && clock.instant().isBefore(before.notBefore());
    }

    /**
     * One whose life is over is not brought back by a document that nobody has removed yet. Returns whether that was
     * all.
     */
    private boolean adopt(Credential credential) {
        Optional<InventoryEntry> known = inventory.find(credential.name());
        if (known.filter(entry -> entry.status() == CredentialStatus.DECOMMISSIONED)
                .isPresent()) {
            later(credential);
            return false;
        }
        inventory.enter(credential.name(), credential.target(), timetable.first(credential));
        known.ifPresent(entry -> timetable.adjust(credential, entry));
        consumers.register(credential.name(), credential.consumers());
        try {
            initial.adopt(credential);
            adopted.put(credential.name(), credential);
            failed.remove(credential.name());
            return true;
        } catch (LockstepException failure) {
            Duration wait = later(credential);
            log.warn(
                    "{} is not adopted yet and is tried again in {}: {}",
                    credential.name(),
                    wait,
                    failure.getMessage());
            return false;
        }
    }

    private Duration later(Credential credential) {
        Failed before = failed.get(credential.name());
        int times = before != null && before.definition().equals(credential) ? before.times() + 1 : 1;
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        failed.put(
                credential.name(), new Failed(credential, times, clock.instant().plus(wait)));
        return wait;
    }

    private record Failed(Credential definition, int times, Instant notBefore) {}
}
