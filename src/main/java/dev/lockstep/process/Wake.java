package dev.lockstep.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the dispatchers of this node that there is work for them, as soon as it is committed. */
@Component
class Wake {

    /** What there is to do. */
    enum Work {
        INCIDENT,
        EMERGENCY,
        OPERATION
    }

    private final List<Sleeper> sleepers = new CopyOnWriteArrayList<>();

    void register(Work work, Runnable wake) {
        sleepers.add(new Sleeper(work, wake));
    }

    void afterCommit(Work work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            wake(work);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake(work);
            }
        });
    }

    private void wake(Work work) {
        for (Sleeper sleeper : sleepers) {
            if (sleeper.work() == work) {
                sleeper.wake().run();
            }
        }
    }

    private record Sleeper(Work work, Runnable wake) {}
}
