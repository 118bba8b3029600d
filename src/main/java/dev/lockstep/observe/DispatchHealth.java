package dev.lockstep.observe;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Whether operations are taken up; quarantined ones need a person. */
final class DispatchHealth implements HealthIndicator {

    private static final int MOST_NAMED = 20;

    private final LedgerSnapshot ledger;

    DispatchHealth(LedgerSnapshot ledger) {
        this.ledger = ledger;
    }

    @Override
    public Health health() {
        List<Operation> quarantined = ledger.in(OperationStatus.QUARANTINED);
        Health.Builder health = quarantined.isEmpty()
                ? Health.up()
                : Health.status(Degraded.STATUS)
                        .withDetail("quarantined", quarantined.size())
                        .withDetail("operations", labels(quarantined));
        return health.withDetail("backlog", ledger.backlog())
                .withDetail("oldest", ledger.oldestWaiting().toString())
                .build();
    }

    private static List<String> labels(List<Operation> operations) {
        return operations.stream().limit(MOST_NAMED).map(Operation::label).toList();
    }
}
