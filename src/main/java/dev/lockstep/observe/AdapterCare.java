package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.Target;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * What every opened target and store gets: redaction innermost, then metrics, then traces, before a target its gate,
 * and in front of everything the faults of drills.
 */
final class AdapterCare {

    private static final String TARGET = "target";
    private static final String STORE = "store";

    private final MeterRegistry registry;
    private final Spans spans;
    private final TargetWatch watch;
    private final Gates gates;
    private final DrillFaults faults;

    AdapterCare(MeterRegistry registry, Spans spans, TargetWatch watch, Gates gates, DrillFaults faults) {
        this.registry = registry;
        this.spans = spans;
        this.watch = watch;
        this.gates = gates;
        this.faults = faults;
    }

    /** {@code target} as the rest of Lockstep sees it. */
    Target of(Target target, Endpoint endpoint) {
        Around care = care(TARGET, endpoint, watch.of(endpoint))
                .within(gates.around(endpoint.name()))
                .within(faults.aroundTarget());
        return PortProxy.of(Target.class, target, care);
    }

    /** {@code store} as the rest of Lockstep sees it. */
    SecretStore of(SecretStore store, Endpoint endpoint) {
        return PortProxy.of(
                SecretStore.class, store, care(STORE, endpoint, outcome -> {}).within(faults.aroundStore()));
    }

    private Around care(String kind, Endpoint endpoint, Consumer<String> outcomes) {
        return new Redaction(kind + " " + endpoint.name())
                .within(new CallMetrics(registry, "lockstep." + kind + ".call", endpoint, outcomes))
                .within(new CallSpans(spans, kind, endpoint));
    }
}
