package dev.lockstep.observe;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Whether operations are taken up; quarantined ones need a person. */
final class DispatchHealth extends AbstractHealthIndicator {

    private static final int MOST_NAMED = 20;

    private final LedgerSnapshot ledger;

    DispatchHealth(LedgerSnapshot ledger) {
        super("the queue of operations cannot be read");
        this.ledger = ledger;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Operation> quarantined = ledger.in(OperationStatus.QUARANTINED);
        if (quarantined.isEmpty()) {
            health.up();
        } else {
            health.status(Degraded.STATUS)
                    .withDetail("quarantined", quarantined.size())
                    .withDetail("operations", labels(quarantined));
        }
        health.withDetail("backlog", ledger.backlog())
                .withDetail("oldest", ledger.oldestWaiting().toString());
    }

    private static List<String> labels(List<Operation> operations) {
        return operations.stream().limit(MOST_NAMED).map(Operation::label).toList();
    }
}
