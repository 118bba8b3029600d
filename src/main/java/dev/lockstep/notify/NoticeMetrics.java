package dev.lockstep.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of tries to deliver notices. */
final class NoticeMetrics {

    private final MeterRegistry registry;

    NoticeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void delivered(String channel) {
        count(channel, "delivered");
    }

    void failed(String channel) {
        count(channel, "failed");
    }

    void givenUp(String channel) {
        count(channel, "given-up");
    }

    private void count(String channel, String outcome) {
        Counter.builder("lockstep.notices")
                .description("Tries to deliver notices by channel and outcome")
                .tag("channel", channel)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
