package dev.lockstep.process;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final Map<Work, List<Runnable>> sleepers = new EnumMap<>(Work.class);

    Wake() {
        for (Work work : Work.values()) {
            sleepers.put(work, new CopyOnWriteArrayList<>());
        }
    }

    void register(Work work, Runnable sleeper) {
        of(work).add(sleeper);
    }

    void afterCommit(Work work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            of(work).forEach(Runnable::run);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                of(work).forEach(Runnable::run);
            }
        });
    }

    private List<Runnable> of(Work work) {
        return sleepers.getOrDefault(work, List.of());
    }
}
