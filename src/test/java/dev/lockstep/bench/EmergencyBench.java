package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.process.DispatchSwitch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

/** Emergency rotations, one after the other, while a thousand routine ones are queued and being worked on. */
@Tag("bench")
class EmergencyBench {

    private static final int ROUTINE = 1000;
    private static final int EMERGENCIES = 60;
    private static final double MOST_SECONDS = 1.0;

    @Test
    void an_emergency_overtakes_a_thousand_routine_rotations() throws InterruptedException {
        try (Stand stand = Stand.with(ROUTINE + EMERGENCIES, Map.of("lockstep.dispatch", "false"))) {
            // The first rotation of a role has nothing to retire; and the JVM gets warm.
            request(stand, stand.credentials());
            new EngineRun(stand, stand.outside()).work();
            request(stand, stand.credentials().subList(0, ROUTINE));
            SmartLifecycle dispatchers = DispatchSwitch.dispatchers(stand.application());
            dispatchers.start();
            try {
                measure(stand, stand.credentials().subList(ROUTINE, ROUTINE + EMERGENCIES));
            } finally {
                dispatchers.stop();
            }
        }
    }

    private static void request(Stand stand, List<CredentialName> credentials) {
        Rotations rotations = stand.bean(Rotations.class);
        credentials.forEach(credential -> rotations.rotate(credential, false, "bench", "routine"));
    }

    private static void measure(Stand stand, List<CredentialName> urgent) throws InterruptedException {
        double[] verified = new double[EMERGENCIES];
        double[] closed = new double[EMERGENCIES];
        for (int i = 0; i < EMERGENCIES; i++) {
            Instant start = stand.bean(Clock.class).instant();
            Operation operation = stand.bean(Rotations.class).rotate(urgent.get(i), true, "bench", "emergency");
            closed[i] = seconds(start, awaitClosed(stand, operation));
            verified[i] = seconds(start, verifiedAt(stand, operation));
        }
        int left = stand.bean(Dispatch.class).backlog();
        report(verified, closed, left);
        assertThat(left).as("routine rotations still queued at the end").isPositive();
        assertThat(Report.percentile(verified, 95)).isLessThanOrEqualTo(MOST_SECONDS);
    }

    private static Instant awaitClosed(Stand stand, Operation operation) throws InterruptedException {
        while (true) {
            Instant closedAt = stand.bean(Operations.class).get(operation.id()).closedAt();
            if (closedAt != null) {
                return stand.bean(Clock.class).instant();
            }
            Thread.sleep(5);
        }
    }

    private static Instant verifiedAt(Stand stand, Operation operation) {
        return stand.bean(Attempts.class).list(operation.id()).stream()
                .filter(entry -> entry.attempt().step() == Step.VERIFY)
                .filter(entry -> entry.outcome().equals("succeeded"))
                .findFirst()
                .map(Attempts.Entry::finishedAt)
                .orElseThrow();
    }

    private static double seconds(Instant start, Instant end) {
        return Usage.round(Duration.between(start, end).toNanos() / 1e9);
    }

    private static void report(double[] verified, double[] closed, int left) {
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("emergencies", EMERGENCIES);
        measured.put("routineQueuedBefore", ROUTINE);
        measured.put("routineQueuedAfter", left);
        measured.put("verifiedSeconds", percentiles(verified));
        measured.put("closedSeconds", percentiles(closed));
        Report.write("emergency", measured, """
                ## Emergency rotations while routine ones are queued

                %d emergencies one after the other; %d routine rotations queued at the start, %d at the end

                | seconds from the request | p50 | p95 | most |
                |---|---|---|---|
                | to verified | %.3f | **%.3f** | %.3f |
                | to closed, the previous proven dead and all committed | %.3f | %.3f | %.3f |
                """.formatted(
                        EMERGENCIES,
                        ROUTINE,
                        left,
                        Report.percentile(verified, 50),
                        Report.percentile(verified, 95),
                        Report.percentile(verified, 100),
                        Report.percentile(closed, 50),
                        Report.percentile(closed, 95),
                        Report.percentile(closed, 100)));
    }

    private static Map<String, Double> percentiles(double[] values) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", Report.percentile(values, 50));
        percentiles.put("p95", Report.percentile(values, 95));
        percentiles.put("max", Report.percentile(values, 100));
        return percentiles;
    }
}
