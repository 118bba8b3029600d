package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.policy.DueTimes;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Inventory;
import java.time.Clock;
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

    private static final Logger log = LoggerFactory.getLogger(AdoptCredentials.class);

    private final Catalog catalog;
    private final Inventory inventory;
    private final Consumers consumers;
    private final InitialValue initial;
    private final Clock clock;
    private final Map<CredentialName, Credential> adopted = new ConcurrentHashMap<>();

    AdoptCredentials(Catalog catalog, Inventory inventory, Consumers consumers, InitialValue initial, Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.consumers = consumers;
        this.initial = initial;
        this.clock = clock;
    }

    /** Looks only at definitions that changed since the last call; one that cannot be adopted is tried again. */
    public void run() {
        for (Credential credential : catalog.credentials()) {
            if (!credential.equals(adopted.get(credential.name()))) {
                adopt(credential);
            }
        }
    }

    private void adopt(Credential credential) {
        inventory.register(
                credential.name(),
                credential.target(),
                DueTimes.next(credential.policy().schedule(), clock.instant()).orElse(null));
        consumers.register(credential.name(), credential.consumers());
        try {
            initial.adopt(credential);
            adopted.put(credential.name(), credential);
        } catch (LockstepException failure) {
            log.warn("{} is not adopted yet: {}", credential.name(), failure.getMessage());
        }
    }
}
