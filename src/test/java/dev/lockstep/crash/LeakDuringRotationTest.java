package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.SecretStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A leak is reported at every call through a port that a rotation of the same credential makes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakDuringRotationTest {

    /** Their calls come together with those of the others. */
    private static final Set<String> LEFT_OUT = Set.of("AuditTrail", "Inventory", "Consumers");

    private final ExecutorService reporter = Executors.newSingleThreadExecutor();
    private Site site;
    private Node node;
    private Secrets secrets;

    @BeforeAll
    void start(@TempDir Path data) {
        secrets = Secrets.listening();
        site = new Site(data);
        node = Node.start(site.settings("one"), Map.of());
    }

    @AfterAll
    void stop() {
        reporter.shutdownNow();
        secrets.stopListening();
        node.close();
        site.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_PLACE", "ALTERNATING", "ROLL_BACK"})
    void whenever_it_is_reported_the_leaked_secret_is_dead_and_one_operation_wins(Scenario scenario) {
        Bench bench = new Bench(site, node, secrets, "running");
        List<String> violations = new ArrayList<>();
        int points = 0;
        for (Crossings.Call call : bench.clean(scenario)) {
            for (Side side : Side.values()) {
                if (decisive(call, side)) {
                    points++;
                    Trial trial = bench.prepare(scenario);
                    String where = call.label() + " " + side + ": ";
                    leakAt(trial, call.number(), side).forEach(found -> violations.add(where + found));
                    secrets.of(trial, node);
                }
            }
        }
        assertThat(points).isGreaterThan(15);
        assertThat(violations).isEmpty();
        assertThat(secrets.found(site.sql())).isEmpty();
    }

    /**
     * Every call that changes something; before it only where the outside is changed, because that is after the last.
     */
    private static boolean decisive(Crossings.Call call, Side side) {
        boolean atTarget = call.port().equals("Target");
        return !KillPoints.reads(call) && !LEFT_OUT.contains(call.port()) && (side == Side.AFTER || atTarget);
    }

    /** What does not hold after a leak at this side of this call. */
    private List<String> leakAt(Trial trial, int point, Side side) {
        Leak leak = new Leak(node, trial);
        AtomicReference<Future<?>> reported = new AtomicReference<>();
        node.crossings().begin((call, metOn) -> {
            if (call.number() == point && metOn == side && reported.get() == null) {
                Future<?> report = reporter.submit(leak::contain);
                reported.set(report);
                awaitAsFarAsItGoes(report);
            }
        });
        try {
            new Journey(node, trial, false).turn();
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageNotContaining("canary");
        }
        node.crossings().pass();
        finish(Objects.requireNonNull(reported.get(), "the rotation came by no such call"));
        leak.settle();
        return found(trial);
    }

    /** The rotation stands still meanwhile, and may hold what the containment has to wait for. */
    private static void awaitAsFarAsItGoes(Future<?> reported) {
        try {
            reported.get(400, TimeUnit.MILLISECONDS);
        } catch (TimeoutException waitsForTheRotation) {
            assertThat(reported.isDone()).isFalse();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void finish(Future<?> reported) {
        try {
            reported.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> found(Trial trial) {
        Invariants invariants = new Invariants(site, node, trial);
        List<String> found = new ArrayList<>();
        for (Trial.Known version : trial.versions()) {
            boolean mustWork = version.stage() == Stage.CURRENT;
            if (invariants.logsIn(version) != mustWork) {
                found.add(version + (mustWork ? " does not log in" : " logs in"));
            }
        }
        Trial.Known first = trial.versions().get(trial.versions().size() - 1);
        if (invariants.logsIn(first)) {
            found.add("the leaked version logs in");
        }
        int current = trial.current().map(Trial.Known::version).orElse(0);
        int served = node.crossings()
                .observe(() -> node.bean(SecretStores.class)
                        .store("main")
                        .current(trial.name())
                        .map(SecretRef::version)
                        .orElse(-1));
        if (current != served) {
            found.add("applications read version " + served + " and not " + current);
        }
        Trial.Op winner = trial.operation().orElseThrow();
        if (!"ROTATED".equals(winner.outcome())) {
            found.add("the containment ended as " + winner.status() + " " + winner.outcome());
        }
        if (trial.operations().stream().anyMatch(operation -> !operation.closed())) {
            found.add("more than one operation is left: " + trial.operations());
        }
        Trial.Inc incident = trial.incident().orElseThrow();
        if (!incident.state().equals("CONTAINED") || !incident.dead() || !incident.replaced()) {
            found.add("the incident is " + incident);
        }
        return found;
    }
}
