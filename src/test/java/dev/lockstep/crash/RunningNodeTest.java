package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.process.Given;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults while dispatcher and job executor run by themselves. */
class RunningNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path data;

    RunningNodeTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void poisonedCredentialsDoNotHinderTheOthersAndEndWithAHuman() throws Exception {
        Map<String, Object> awake = Map.of(
                "lockstep.dispatch", "true",
                "camunda.bpm.job-execution.enabled", "true",
                "spring.datasource.hikari.maximum-pool-size", "75");
        try (FaultStand stand = new FaultStand(data, awake)) {
            List<Trial> poisoned = trials(stand, 3);
            List<Trial> healthy = trials(stand, 6);
            stand.node.crossings().begin((call, side) -> {
                if (call.label().equals("Target.apply") && side == Side.BEFORE) {
                    for (int i = 0; i < poisoned.size(); i++) {
                        if (call.about().contains(poisoned.get(i).name().value() + ',')) {
                            poison(i);
                        }
                    }
                }
            });
            poisoned.forEach(stand::request);
            healthy.forEach(stand::request);
            for (Trial trial : healthy) {
                FaultStand.await(trial.name() + " rotates", PATIENCE, () -> closed(trial));
                assertThat(trial.operation().orElseThrow().outcome()).isEqualTo("ROTATED");
            }
            for (Trial trial : poisoned) {
                FaultStand.await(trial.name() + " asks a human", PATIENCE, () -> asksHuman(stand, trial));
                assertThat(stand.violations(trial)).isEmpty();
            }
        }
    }

    private static List<Trial> trials(FaultStand stand, int many) {
        return Stream.generate(() -> stand.inUse(
                        Given.policy().grace(Duration.ZERO).attempts(2).backoff(Duration.ofSeconds(1))))
                .limit(many)
                .toList();
    }

    private static void poison(int kind) {
        switch (kind) {
            case 0 -> throw new IllegalStateException("planned defect");
            case 1 -> throw new OutOfMemoryError("planned");
            default -> throw new StackOverflowError("planned");
        }
    }

    private static boolean closed(Trial trial) {
        return trial.operation().filter(Trial.Op::closed).isPresent();
    }

    private static boolean asksHuman(FaultStand stand, Trial trial) {
        return trial.operation()
                .filter(operation -> operation.instance() != null)
                .filter(operation -> stand.node
                                .bean(TaskService.class)
                                .createTaskQuery()
                                .processInstanceId(operation.instance())
                                .taskDefinitionKey("ResolveFailedRotation")
                                .count()
                        == 1)
                .isPresent();
    }

    @Test
    void aProcessToldToEndWhileTheTargetIsSlowFinishesOrHandsOverWithinThirtySeconds() throws Exception {
        try (FaultStand stand = new FaultStand(data, Map.of())) {
            Trial trial = new Bench(stand.site, stand.node, new Secrets(), "running").prepare(Scenario.IN_PLACE);
            Map<String, Object> settings = new HashMap<>(stand.site.settings("server"));
            settings.putAll(stand.settings());
            settings.put("spring.datasource.hikari.maximum-pool-size", "75");
            try (Victim server = Victim.start(
                    Programs.in(data).command(), ServingProcess.class, settings, data.resolve("server.log"))) {
                server.order(Victim.order(trial, stand.site.database(), 0, Side.BEFORE, stand.node.now()));
                server.awaitReady();
                stand.proxy.delay(Duration.ofMillis(300));
                stand.request(trial);
                FaultStand.await("the target is being changed", PATIENCE, () -> changing(trial));
                assertThat(server.endsWithin(30, TimeUnit.SECONDS)).isTrue();
            }
            stand.proxy.delay(Duration.ZERO);
            assertThat(trial.operation().orElseThrow().status()).isIn("QUEUED", "CLAIMED", "RUNNING", "CLOSED");
            stand.node.crossings().begin((call, side) -> {});
            stand.recover(trial);
            assertThat(trial.operation().orElseThrow().outcome()).isEqualTo("ROTATED");
            assertThat(stand.violations(trial)).isEmpty();
        }
    }

    private static boolean changing(Trial trial) {
        return trial.sql()
                        .sql("SELECT COUNT(*) FROM attempt WHERE step = 'APPLY' AND outcome = 'running'")
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
