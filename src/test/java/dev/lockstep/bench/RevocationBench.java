package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Rotations;
import dev.lockstep.process.DispatchSwitch;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

/** From the report of a leak to the proof that the principal is dead: idle, under load, and a thousand at once. */
@Tag("bench")
class RevocationBench {

    private static final int ROUTINE = 1000;
    private static final int LEAKS = 60;
    private static final int WARM_UP = 40;
    private static final int WARM_UP_AT_ONCE = 500;
    private static final int REPORTERS = 4;
    private static final double MOST_IDLE_MS = 500;
    private static final double MOST_LOADED_MS = 1000;
    private static final double MOST_SECONDS_FOR_ALL = 20;
    private static final String DEAD =
            "SELECT count(*) FROM incident_credential WHERE incident = :incident AND proven_dead_at IS NOT NULL";
    private static final String ALIVE =
            "SELECT count(*) FROM incident_credential WHERE incident > :incident AND proven_dead_at IS NULL";
    private static final String UNREPLACED = "SELECT count(*) FROM incident_credential WHERE replaced_at IS NULL";
    private static final String NEWEST = "SELECT max(id) FROM incident";
    private static final String INCIDENTS = "SELECT count(*) FROM incident WHERE id > :incident AND state <> 'OPEN'";

    @Test
    void a_leaked_credential_is_dead_in_time_however_much_there_is_to_do() throws Exception {
        int all = ROUTINE + WARM_UP + 2 * LEAKS + WARM_UP_AT_ONCE;
        try (Stand stand = Stand.with(all, Map.of("lockstep.dispatch", "false"))) {
            rotate(stand, stand.credentials());
            new EngineRun(stand, stand.outside()).work();
            double[] idle;
            double[] loaded;
            SmartLifecycle dispatchers = DispatchSwitch.dispatchers(stand.application());
            dispatchers.start();
            int left;
            double seconds;
            try {
                leak(stand, part(stand, ROUTINE, WARM_UP));
                leakAll(stand, part(stand, ROUTINE + WARM_UP + 2 * LEAKS, WARM_UP_AT_ONCE));
                awaitReplaced(stand);
                idle = leak(stand, part(stand, ROUTINE + WARM_UP, LEAKS));
                rotate(stand, part(stand, 0, ROUTINE));
                loaded = leak(stand, part(stand, ROUTINE + WARM_UP + LEAKS, LEAKS));
                left = stand.bean(Dispatch.class).backlog();
                awaitReplaced(stand);
                seconds = leakAll(stand, part(stand, 0, ROUTINE));
            } finally {
                dispatchers.stop();
            }
            report(idle, loaded, left, seconds);
            assertThat(left).as("routine rotations still queued at the end").isPositive();
            assertThat(Report.percentile(idle, 95)).isLessThanOrEqualTo(MOST_IDLE_MS);
            assertThat(Report.percentile(loaded, 95)).isLessThanOrEqualTo(MOST_LOADED_MS);
            assertThat(seconds).isLessThanOrEqualTo(MOST_SECONDS_FOR_ALL);
        }
    }

    private static List<CredentialName> part(Stand stand, int from, int many) {
        return stand.credentials().subList(from, from + many);
    }

    private static void rotate(Stand stand, List<CredentialName> credentials) {
        Rotations rotations = stand.bean(Rotations.class);
        credentials.forEach(credential -> rotations.rotate(credential, false, "bench", "routine"));
    }

    /** One after the other; returns milliseconds. */
    private static double[] leak(Stand stand, List<CredentialName> credentials) throws InterruptedException {
        double[] took = new double[credentials.size()];
        for (int i = 0; i < took.length; i++) {
            long start = System.nanoTime();
            Incident incident = report(stand, credentials.get(i));
            while (count(stand, DEAD, incident.id()) == 0) {
                Thread.sleep(5);
            }
            took[i] = Usage.round((System.nanoTime() - start) / 1e6);
        }
        return took;
    }

    /** All at once; returns seconds until the last one is dead. */
    private static double leakAll(Stand stand, List<CredentialName> credentials) throws InterruptedException {
        long before = stand.outside().sql(NEWEST).query(Long.class).single();
        ExecutorService reporters = Executors.newFixedThreadPool(REPORTERS);
        long start = System.nanoTime();
        credentials.forEach(credential -> reporters.execute(() -> report(stand, credential)));
        reporters.shutdown();
        assertThat(reporters.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        while (count(stand, INCIDENTS, before) < credentials.size() || count(stand, ALIVE, before) > 0) {
            Thread.sleep(100);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(2));
        }
        return Usage.round((System.nanoTime() - start) / 1e9);
    }

    private static Incident report(Stand stand, CredentialName credential) {
        return stand.bean(Emergencies.class)
                .report(new Signal(
                        Signal.Source.SCANNER,
                        "bench-" + System.nanoTime() + "-" + credential,
                        Signal.Kind.LEAK,
                        Signal.Confidence.CONFIRMED,
                        Signal.Exposure.PUBLIC,
                        null,
                        credential,
                        null,
                        "bench",
                        "a leak of the benchmark",
                        stand.bean(Clock.class).instant()));
    }

    private static int count(Stand stand, String sql, long incident) {
        return stand.outside()
                .sql(sql)
                .param("incident", incident)
                .query(Integer.class)
                .single();
    }

    /** Until the leaks so far are over, so that nothing of them is left to do. */
    private static void awaitReplaced(Stand stand) throws InterruptedException {
        while (stand.bean(Dispatch.class).backlog() > 0
                || stand.outside().sql(UNREPLACED).query(Integer.class).single() > 0) {
            Thread.sleep(200);
        }
        Thread.sleep(2000);
    }

    private static void report(double[] idle, double[] loaded, int left, double seconds) {
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("leaks", LEAKS);
        measured.put("routineQueuedBefore", ROUTINE);
        measured.put("routineQueuedAfter", left);
        measured.put("p50IdleMs", Report.percentile(idle, 50));
        measured.put("p95IdleMs", Report.percentile(idle, 95));
        measured.put("p50LoadedMs", Report.percentile(loaded, 50));
        measured.put("p95LoadedMs", Report.percentile(loaded, 95));
        measured.put("contain1000Seconds", seconds);
        Report.write("revocation", measured, """
                ## From the report of a leak to the proof that the principal is dead

                %d leaks one after the other, idle and with %d routine rotations queued at the start (%d at the end)

                | milliseconds | p50 | p95 | most |
                |---|---|---|---|
                | idle | %.0f | **%.0f** | %.0f |
                | loaded | %.0f | **%.0f** | %.0f |

                %d credentials of one target, reported at once: all proven dead after **%.1f s**
                """.formatted(
                        LEAKS,
                        ROUTINE,
                        left,
                        Report.percentile(idle, 50),
                        Report.percentile(idle, 95),
                        Report.percentile(idle, 100),
                        Report.percentile(loaded, 50),
                        Report.percentile(loaded, 95),
                        Report.percentile(loaded, 100),
                        ROUTINE,
                        seconds));
    }
}
