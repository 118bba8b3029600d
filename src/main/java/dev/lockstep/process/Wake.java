package dev.lockstep.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the dispatchers of this node that there is work, as soon as it is committed. */
@Component
class Wake {

    private final List<Runnable> sleepers = new CopyOnWriteArrayList<>();

    void register(Runnable sleeper) {
        sleepers.add(sleeper);
    }

    void afterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            sleepers.forEach(Runnable::run);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sleepers.forEach(Runnable::run);
            }
        });
    }
}
