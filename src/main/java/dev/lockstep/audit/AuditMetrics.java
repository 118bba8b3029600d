package dev.lockstep.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How far the sealing is behind, and whether the chain still holds what was seen of it. */
final class AuditMetrics implements MeterBinder {

    private final SealingState state;

    AuditMetrics(SealingState state) {
        this.state = state;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("lockstep.audit.sealing.lag", state, SealingState::lagSeconds)
                .description("Age of the oldest audit event that may be unsealed")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("lockstep.audit.unsealed", state, SealingState::unsealed)
                .description("Audit events that wait for their seal")
                .baseUnit("events")
                .register(registry);
        Gauge.builder("lockstep.audit.position", state, SealingState::position)
                .description("Last position of the audit chain")
                .register(registry);
        Gauge.builder("lockstep.audit.intact", state, seen -> seen.intact() ? 1 : 0)
                .description("0 when the audit chain has lost what this node saw of it")
                .register(registry);
    }
}
