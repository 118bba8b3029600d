package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.TargetLimits;
import dev.lockstep.process.Simulation.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Thousands of operations in virtual time, repeatable from their seed. */
class FairnessTest {

    private static final long SEED = 20260504;
    private static final int EACH = 500;
    private static final Manner QUICK = new Manner.Works(Duration.ofMillis(200));

    /** Answers in the end, so that no breaker opens. */
    private static final Manner SLOW = new Manner.Works(Duration.ofSeconds(30));

    private static final Manner HANGS = new Manner.Hangs(Duration.ofSeconds(10));

    /** Nineteen targets have enough work for eight workers for four minutes. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final List<String> OTHERS =
            IntStream.rangeClosed(1, 19).mapToObj(i -> "db-%02d".formatted(i)).toList();

    @Test
    void tenThousandThatAreDueAtOnceDoNotWaitForOneTargetThatHangs() {
        Duration alone;
        try (Simulation simulation = simulation(EACH)) {
            alone = simulation.run(DEADLINE).last(OTHERS);
        }
        try (Simulation simulation = simulation(EACH)) {
            simulation.target("db-00", HANGS, EACH, Simulation.START.minusSeconds(1));
            Duration beside = simulation.run(DEADLINE).last(OTHERS);

            assertThat(alone.toMillis() / (double) beside.toMillis())
                    .as("%s alone, %s beside one that hangs", alone, beside)
                    .isGreaterThanOrEqualTo(0.9);
            assertThat(beside).isLessThan(DEADLINE);
            assertThat(simulation.done().keySet().stream().filter(name -> OTHERS.contains(Simulation.target(name))))
                    .hasSize(OTHERS.size() * EACH);
            assertThat(Stream.concat(OTHERS.stream(), Stream.of("db-00")).mapToInt(simulation::busiest))
                    .allMatch(most -> most <= TargetLimits.DEFAULT.concurrency());
        }
    }

    @Test
    void severalThatHangAtOnceTakeNobodyElsesWorkers() {
        List<String> others = OTHERS.subList(0, 3);
        Duration alone;
        try (Simulation simulation = new Simulation(SEED)) {
            others.forEach(name -> simulation.target(name, QUICK, 300, Simulation.START));
            alone = simulation.run(Duration.ofMinutes(3)).last(others);
        }
        try (Simulation simulation = new Simulation(SEED)) {
            List.of("bad-1", "bad-2", "bad-3", "bad-4")
                    .forEach(name -> simulation.target(name, SLOW, 20, Simulation.START.minusSeconds(1)));
            others.forEach(name -> simulation.target(name, QUICK, 300, Simulation.START));
            Duration beside = simulation.run(Duration.ofMinutes(3)).last(others);

            assertThat(alone.toMillis() / (double) beside.toMillis())
                    .as("%s alone, %s beside four that are slow", alone, beside)
                    .isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void theQueueOfOneTargetHowEverLongDelaysNoOther() {
        Instant earlier = Simulation.START.minus(Duration.ofDays(1));
        try (Simulation simulation = new Simulation(SEED)) {
            simulation.target("long", QUICK, 1500, earlier);
            simulation.target("short-1", QUICK, 50, Simulation.START);
            simulation.target("short-2", QUICK, 50, Simulation.START);
            simulation.run(Duration.ofMinutes(5));

            assertThat(simulation.last(List.of("short-1", "short-2")))
                    .as("fifty at a share of the workers")
                    .isLessThan(Duration.ofSeconds(6));
            assertThat(simulation.last(List.of("long"))).isLessThan(Duration.ofSeconds(90));
            assertThat(simulation.done()).hasSize(1600);
            assertThat(simulation.busiest("long")).isEqualTo(TargetLimits.DEFAULT.concurrency());
        }
    }

    @Test
    void theSameSeedGivesTheSameCourse() {
        try (Simulation one = new Simulation(SEED);
                Simulation other = new Simulation(SEED)) {
            for (Simulation simulation : List.of(one, other)) {
                simulation.target("a", QUICK, 100, Simulation.START);
                simulation.target("b", HANGS, 100, Simulation.START);
                simulation.target("c", QUICK, 100, Simulation.START);
            }
            assertThat(one.run(Duration.ofMinutes(1)).done())
                    .isEqualTo(other.run(Duration.ofMinutes(1)).done())
                    .hasSize(200);
        }
    }

    private static Simulation simulation(int each) {
        Simulation simulation = new Simulation(SEED);
        OTHERS.forEach(name -> simulation.target(name, QUICK, each, Simulation.START));
        return simulation;
    }
}
