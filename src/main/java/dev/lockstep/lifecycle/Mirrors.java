package dev.lockstep.lifecycle;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import org.springframework.stereotype.Component;

/** Keeps the further stores of a credential equal to the first. */
@Component
class Mirrors {

    private final Workbench workbench;
    private final SecretStores stores;

    Mirrors(Workbench workbench, SecretStores stores) {
        this.workbench = workbench;
        this.stores = stores;
    }

    /** Lets applications read no version any more, neither from the store nor from a mirror. Idempotent. */
    void withdraw(Work work) {
        work.store().withdraw(work.credential().name());
        work.credential()
                .mirrors()
                .forEach(mirror ->
                        stores.store(mirror).withdraw(work.credential().name()));
    }

    /** Erases the value everywhere. Idempotent. */
    void destroy(Work work, SecretRef ref) {
        work.store().destroy(ref);
        work.credential().mirrors().forEach(mirror -> stores.store(mirror).destroy(ref));
    }

    /** Makes the version the one that readers of every mirror get. Idempotent. */
    void show(Work work, SecretRef ref) {
        for (String mirror : work.credential().mirrors()) {
            SecretStore store = stores.store(mirror);
            try (SecretValue value = workbench.value(work, ref)) {
                store.stage(ref, value);
            }
            store.promote(ref);
        }
    }
}
