package dev.lockstep.observe;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Which targets could not be used at the last try, or are left alone; never down, because Lockstep itself is well. */
final class TargetsHealth implements HealthIndicator {

    private final TargetWatch targets;
    private final Gates gates;

    TargetsHealth(TargetWatch targets, Gates gates) {
        this.targets = targets;
        this.gates = gates;
    }

    @Override
    public Health health() {
        var troubled = targets.troubled();
        var paused = gates.paused();
        boolean well = troubled.isEmpty() && paused.isEmpty();
        Health.Builder health = well ? Health.up() : Health.status(Degraded.STATUS);
        troubled.forEach((name, trouble) -> health.withDetail(name, trouble.why() + " since " + trouble.since()));
        paused.forEach((name, pause) -> health.withDetail(
                name, "paused since " + pause.since() + ": " + pause.failure().anchor()));
        return health.build();
    }
}
