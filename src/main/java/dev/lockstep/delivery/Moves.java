package dev.lockstep.delivery;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.ConsumerReports;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, beside the answers, that a consumer has a new version, so that a grace ends when all have it. */
final class Moves {

    private static final Logger log = LoggerFactory.getLogger(Moves.class);

    private final ConsumerReports reports;
    private final Executor executor;
    private final Set<SecretRef> waiting = ConcurrentHashMap.newKeySet();

    Moves(ConsumerReports reports, Executor executor) {
        this.reports = reports;
        this.executor = executor;
    }

    /** What is lost here is found in the ledger by whoever waits for it. */
    void told(SecretRef ref) {
        if (waiting.add(ref)) {
            executor.execute(() -> tell(ref));
        }
    }

    private void tell(SecretRef ref) {
        waiting.remove(ref);
        try {
            reports.moved(ref);
        } catch (RuntimeException failure) {
            log.warn("nobody could be told who uses {}; it is looked at again with the next tick", ref, failure);
        }
    }
}
