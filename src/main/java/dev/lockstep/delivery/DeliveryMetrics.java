package dev.lockstep.delivery;

import dev.lockstep.port.ReadTimes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts reads, logins and events, and times the reads. */
final class DeliveryMetrics {

    private final MeterRegistry registry;
    private final Map<String, Timer> reads = new ConcurrentHashMap<>();

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code served}, {@code refused}, {@code missing}, {@code unavailable} or {@code failed} */
    void read(String outcome, long nanos) {
        reads.computeIfAbsent(
                        outcome,
                        known -> Timer.builder("lockstep.read")
                                .description("Requests below /v1 by what became of them")
                                .tag("outcome", known)
                                .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    void event(String sort) {
        registry.counter("lockstep.reader.events", "event", sort).increment();
    }

    /** Shows how many streams of events are open. */
    void streams(Collection<?> open) {
        Gauge.builder("lockstep.reader.streams", open, Collection::size)
                .description("Streams of events that are open at this node")
                .register(registry);
    }

    /** Shows whether reads are late. */
    void late(ReadTimes times) {
        Gauge.builder("lockstep.reads.late", times, now -> now.late() ? 1 : 0)
                .description("1 while programs wait too long for their secrets and routine work gives way")
                .register(registry);
    }

    void login(String method, boolean accepted) {
        registry.counter("lockstep.reader.logins", "method", method, "outcome", accepted ? "accepted" : "refused")
                .increment();
    }
}
