package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.policy.DueTimes;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Clock clock;
    private final Map<CredentialName, Credential> adopted = new ConcurrentHashMap<>();
    private final Map<CredentialName, Failed> failed = new ConcurrentHashMap<>();

    AdoptCredentials(Catalog catalog, Inventory inventory, Consumers consumers, InitialValue initial, Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.consumers = consumers;
        this.initial = initial;
        this.clock = clock;
    }

    /**
     * Looks only at definitions that changed since the last call; one that cannot be adopted is tried again, ever more
     * seldom, and at once when its definition changes.
     */
    public void run() {
        for (Credential credential : catalog.credentials()) {
            if (catalog.configured(credential.name())
                    && !credential.equals(adopted.get(credential.name()))
                    && !waits(credential)) {
                adopt(credential);
            }
        }
    }

    private boolean waits(Credential credential) {
        Failed before = failed.get(credential.name());
        return before != null
                && before.definition().equals(credential)
                && clock.instant().isBefore(before.notBefore());
    }

    /** One whose life is over is not brought back by a document that nobody has removed yet. */
    private void adopt(Credential credential) {
        if (inventory
                .find(credential.name())
                .filter(entry -> entry.status() == CredentialStatus.DECOMMISSIONED)
                .isPresent()) {
            return;
        }
        inventory.register(
                credential.name(),
                credential.target(),
                DueTimes.next(credential.policy().schedule(), clock.instant()).orElse(null));
        consumers.register(credential.name(), credential.consumers());
        try {
            initial.adopt(credential);
            adopted.put(credential.name(), credential);
            failed.remove(credential.name());
        } catch (LockstepException failure) {
            Duration wait = later(credential);
            log.warn(
                    "{} is not adopted yet and is tried again in {}: {}",
                    credential.name(),
                    wait,
                    failure.getMessage());
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
