package dev.lockstep.observe;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Which targets could not be used at the last try; never down, because Lockstep itself is well. */
final class TargetsHealth implements HealthIndicator {

    private final TargetWatch targets;

    TargetsHealth(TargetWatch targets) {
        this.targets = targets;
    }

    @Override
    public Health health() {
        var troubled = targets.troubled();
        Health.Builder health = troubled.isEmpty() ? Health.up() : Health.status(Degraded.STATUS);
        troubled.forEach((name, trouble) -> health.withDetail(name, trouble.why() + " since " + trouble.since()));
        return health.build();
    }
}
