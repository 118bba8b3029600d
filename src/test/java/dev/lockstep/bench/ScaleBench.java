package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.DispatchSwitch;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.ManyTargets;
import dev.lockstep.testing.PostgresServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a tick of the schedule costs in a large ledger, and whether a target that hangs delays the others. */
@Tag("bench")
class ScaleBench {

    private static final int SMALL = 1_000;
    private static final int LARGE = 1_000_000;
    private static final int TICKS = 60;
    private static final int WARM_UP = 40;
    private static final double MOST_MS = 50;
    private static final double MOST_FACTOR = 2;
    private static final double LEAST_RATIO = 0.9;
    private static final int CONFIGURED = 200;
    private static final Duration LATE = Duration.ofMillis(300);
    private static final int TARGETS = 20;
    private static final int EACH = 50;

    /** Nothing runs by itself. */
    private static final Map<String, String> BY_HAND =
            Map.of("lockstep.dispatch", "false", "camunda.bpm.job-execution.enabled", "false");

    @Test
    void aTickTakesAsLongWithAMillionCredentialsAsWithAThousand() {
        try (Stand stand = Stand.with(CONFIGURED, BY_HAND)) {
            Ledger ledger = new Ledger(stand.outside());
            ledger.fill(0, SMALL - CONFIGURED);
            tick(stand, ledger, WARM_UP);
            double[] small = tick(stand, ledger, TICKS);
            double seconds = ledger.fill(SMALL - CONFIGURED, LARGE - CONFIGURED);
            tick(stand, ledger, WARM_UP);
            double[] large = tick(stand, ledger, TICKS);
            report(ledger, small, large, seconds);
            assertThat(Report.median(large)).isLessThanOrEqualTo(MOST_MS);
            assertThat(Report.median(large)).isLessThanOrEqualTo(MOST_FACTOR * Report.median(small));
        }
    }

    /** Each tick finds a few that are due; returns milliseconds. */
    private static double[] tick(Stand stand, Ledger ledger, int times) {
        ManagementService management = stand.bean(ManagementService.class);
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            ledger.due();
            String timer = management
                    .createJobQuery()
                    .processDefinitionKey("schedule")
                    .timers()
                    .singleResult()
                    .getId();
            long start = System.nanoTime();
            management.executeJob(timer);
            took[i] = Usage.round((System.nanoTime() - start) / 1e6);
            ledger.settle();
        }
        return took;
    }

    private static void report(Ledger ledger, double[] small, double[] large, double seconds) {
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("credentialsSmall", SMALL);
        measured.put("credentialsLarge", ledger.credentials());
        measured.put("underWayLarge", ledger.active());
        measured.put("medianSmallMs", Report.median(small));
        measured.put("medianLargeMs", Report.median(large));
        measured.put("p95SmallMs", Report.percentile(small, 95));
        measured.put("p95LargeMs", Report.percentile(large, 95));
        measured.put("factor", Usage.round(Report.median(large) / Report.median(small)));
        Report.add("scale", "tick", measured, """
                ## One tick of the schedule

                PostgreSQL with fsync on; each tick finds %d that are due; a hundredth of all is under way, and as many wait
                for a target that does not answer. Filling took %.0f s.

                | milliseconds | median | p95 |
                |---|---|---|
                | %,d credentials | %.1f | %.1f |
                | %,d credentials | **%.1f** | %.1f |
                """.formatted(
                        Ledger.DUE,
                        seconds,
                        SMALL,
                        Report.median(small),
                        Report.percentile(small, 95),
                        ledger.credentials(),
                        Report.median(large),
                        Report.percentile(large, 95)));
    }

    @Test
    void aTargetThatHangsOrIsSlowDelaysNoOther() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                ManyTargets house = new ManyTargets(server, TARGETS, EACH, BY_HAND)) {
            double warm = others(house, house.others());
            double first = others(house, house.others());
            house.proxy().delay(LATE);
            double besideSlow = others(house, house.all());
            house.proxy().delay(Duration.ZERO);
            drain(house);
            double second = others(house, house.others());
            house.proxy().mode(FaultyProxy.Mode.BLACK_HOLE);
            double besideHanging = others(house, house.all());
            double third = others(house, house.others());
            double slow = Usage.round((first + second) / 2 / besideSlow);
            double hanging = Usage.round((second + third) / 2 / besideHanging);
            int busiest = house.all().stream().mapToInt(house::busiest).max().orElseThrow();
            Map<String, Object> measured = new LinkedHashMap<>();
            measured.put("credentials", TARGETS * EACH);
            measured.put("targets", TARGETS);
            measured.put("warmUpSeconds", warm);
            measured.put("aloneSeconds", List.of(first, second, third));
            measured.put("besideSlowSeconds", besideSlow);
            measured.put("besideHangingSeconds", besideHanging);
            measured.put("ratioSlow", slow);
            measured.put("ratioHanging", hanging);
            measured.put("busiestTarget", busiest);
            Report.add("scale", "fairness", measured, """
                    ## %d credentials of %d targets, due at once

                    Seconds until all of the other %d targets are rotated; at most %d at once at any target.

                    | the twentieth target | seconds | ratio |
                    |---|---|---|
                    | has nothing to do | %.1f, %.1f, %.1f | |
                    | answers late each time | %.1f | **%.2f** |
                    | hangs | %.1f | **%.2f** |
                    """.formatted(
                            TARGETS * EACH,
                            TARGETS,
                            TARGETS - 1,
                            busiest,
                            first,
                            second,
                            third,
                            besideSlow,
                            slow,
                            besideHanging,
                            hanging));
            assertThat(busiest).isLessThanOrEqualTo(4);
            assertThat(slow).isGreaterThanOrEqualTo(LEAST_RATIO);
            assertThat(hanging).isGreaterThanOrEqualTo(LEAST_RATIO);
        }
    }

    /** Makes all of some targets due and returns after how many seconds those of the other targets are rotated. */
    private static double others(ManyTargets house, List<String> due) throws InterruptedException {
        SmartLifecycle dispatchers = DispatchSwitch.dispatchers(house.application());
        house.due(due);
        ManagementService management = house.bean(ManagementService.class);
        dispatchers.start();
        try {
            long start = System.nanoTime();
            management.executeJob(management
                    .createJobQuery()
                    .processDefinitionKey("schedule")
                    .timers()
                    .singleResult()
                    .getId());
            await(house, house.others());
            return Usage.round((System.nanoTime() - start) / 1e9);
        } finally {
            dispatchers.stop();
        }
    }

    private static void drain(ManyTargets house) throws InterruptedException {
        SmartLifecycle dispatchers = DispatchSwitch.dispatchers(house.application());
        dispatchers.start();
        try {
            await(house, house.all());
        } finally {
            dispatchers.stop();
        }
    }

    private static void await(ManyTargets house, List<String> targets) throws InterruptedException {
        long start = System.nanoTime();
        while (house.left(targets) > 0) {
            Thread.sleep(50);
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofMinutes(3).toNanos());
        }
    }

    /** Rows of credentials that nobody configured, with what they have behind them and some of them before them. */
    private static final class Ledger {

        /** So many become due with each tick. */
        static final int DUE = 5;

        private static final List<String> FILL = List.of("""
                INSERT INTO credential (name, status, target, next_rotation_at, last_rotated_at, last_outcome)
                SELECT 'scale/team/db-' || i % 200 || '/app-' || i, 'ACTIVE', 'db-' || i % 200,
                       now() + interval '1 day' + (i % 7776000) * interval '1 second', now(), 'ROTATED'
                  FROM generate_series(:from, :to) i
                """, """
                INSERT INTO operation (credential, active_credential, target, process, status, priority, requested_by,
                                       reason, queued_at, not_before, outcome, closed_at, process_instance)
                SELECT 'scale/team/db-' || i % 200 || '/app-' || i, NULL, 'db-' || i % 200, 'rotation', 'CLOSED', 0,
                       'schedule', 'due', now() - interval '9 days', now(), 'ROTATED', now() - interval '9 days', 'none'
                  FROM generate_series(:from, :to) i
                """, """
                INSERT INTO operation (credential, active_credential, target, process, status, priority, requested_by,
                                       reason, queued_at, not_before)
                SELECT 'scale/team/db-' || i % 200 || '/app-' || i, 'scale/team/db-' || i % 200 || '/app-' || i,
                       CASE WHEN i % 200 = 0 THEN 'hangs' ELSE 'db-' || i % 200 END, 'rotation',
                       CASE WHEN i % 200 = 0 THEN 'QUEUED' ELSE 'RUNNING' END, 0, 'schedule', 'due', now(), now()
                  FROM generate_series(:from, :to) i
                 WHERE i % 200 < 3
                """, """
                INSERT INTO credential_version (credential, version, stage, current_of, principal, fingerprint, rules,
                                                operation, created_at, changed_at)
                SELECT name, 1, 'CURRENT', name, 'app', md5(name), 'x', o.id, now(), now()
                  FROM generate_series(:from, :to) i
                  JOIN credential c ON c.name = 'scale/team/db-' || i % 200 || '/app-' || i
                  LEFT JOIN operation o ON o.active_credential = c.name
                """, """
                INSERT INTO consumer (credential, name)
                SELECT 'scale/team/db-' || i % 200 || '/app-' || i, 'web' FROM generate_series(:from, :to) i
                """, """
                UPDATE credential
                   SET next_rotation_at = now() - interval '1 minute', queued_due = now() - interval '1 minute'
                 WHERE name IN (SELECT active_credential FROM operation WHERE status = 'QUEUED')
                   AND next_rotation_at > now()
                """);

        private final JdbcClient outside;

        Ledger(JdbcClient outside) {
            this.outside = outside;
        }

        /** Returns how many seconds it took. */
        double fill(int from, int to) {
            long start = System.nanoTime();
            FILL.forEach(sql ->
                    outside.sql(sql).param("from", from).param("to", to - 1).update());
            outside.sql("VACUUM ANALYZE").update();
            outside.sql("CHECKPOINT").update();
            return Usage.round((System.nanoTime() - start) / 1e9);
        }

        void due() {
            outside.sql("""
                    UPDATE credential SET next_rotation_at = now()
                     WHERE name IN (SELECT name FROM credential
                                     WHERE status = 'ACTIVE' AND next_rotation_at > now()
                                       AND NOT EXISTS (SELECT 1 FROM operation WHERE active_credential = name)
                                     ORDER BY next_rotation_at
                                     FETCH FIRST %d ROWS ONLY)
                    """.formatted(DUE)).update();
        }

        /** What the tick queued is over, and the rest as it was. */
        void settle() {
            List<String> queued = outside.sql("""
                    UPDATE operation SET status = 'CLOSED', active_credential = NULL, outcome = 'ROTATED', closed_at = now()
                     WHERE status = 'QUEUED' AND reason LIKE 'due since%'
                    RETURNING credential
                    """).query(String.class).list();
            assertThat(queued).hasSize(DUE);
            outside.sql("UPDATE credential SET next_rotation_at = now() + interval '30 days' WHERE name IN (:names)")
                    .param("names", queued)
                    .update();
        }

        int credentials() {
            return outside.sql("SELECT count(*) FROM credential")
                    .query(Integer.class)
                    .single();
        }

        int active() {
            return outside.sql("SELECT count(*) FROM operation WHERE active_credential IS NOT NULL")
                    .query(Integer.class)
                    .single();
        }
    }
}
