package dev.lockstep.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts what other systems deliver, and what becomes of it. */
@Component
class SignalMetrics {

    private final MeterRegistry registry;

    SignalMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code accepted}, {@code forged}, {@code stale}, {@code malformed} or {@code failed} */
    void delivered(String source, String outcome) {
        Counter.builder("lockstep.signal.deliveries")
                .description("Deliveries of leak reports by source and outcome")
                .tag("source", source)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    void found(String source, FindingDesk.Fate fate) {
        found(source, fate, 1);
    }

    void found(String source, FindingDesk.Fate fate, long many) {
        Counter.builder("lockstep.signal.findings")
                .description("Reported findings by source and by what Lockstep knows of them")
                .tag("source", source)
                .tag("outcome", fate.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment((double) many);
    }
}
