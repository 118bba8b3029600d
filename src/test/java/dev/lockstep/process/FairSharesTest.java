package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch.Line;
import dev.lockstep.port.TargetGates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FairSharesTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Line A = line("a", Operation.ROUTINE);
    private static final Line B = line("b", Operation.ROUTINE);
    private static final Line C = line("c", Operation.ROUTINE);

    private final PaperGates paper = new PaperGates();
    private final FairShares shares = new FairShares(paper, () -> 8);
    private final FairShares limited = new FairShares(limitedTo(3), () -> 8);

    @Test
    void everyTargetGetsTheSameAndTheOneThatHasWaitedLongestGetsTheRest() {
        assertThat(shares.among(List.of(A, B, C), 8, crew(Map.of()))).isEqualTo(Map.of(A, 3, B, 3, C, 2));
        assertThat(shares.among(List.of(C, A), 3, crew(Map.of()))).isEqualTo(Map.of(C, 2, A, 1));
    }

    @Test
    void whoeverIsAtWorkAlreadyCounts() {
        assertThat(shares.among(List.of(A, B, C), 3, crew(Map.of("a", 4, "b", 1))))
                .isEqualTo(Map.of(C, 2, B, 1));
    }

    @Test
    void noTargetGetsMoreThanItsGateHasRoomFor() {
        assertThat(limited.among(List.of(A, B), 8, crew(Map.of("a", 1)))).isEqualTo(Map.of(A, 2, B, 3));
        paper.shut("a");
        assertThat(shares.among(List.of(A, B), 4, crew(Map.of()))).isEqualTo(Map.of(B, 4));
    }

    @Test
    void aTargetThatHoldsSomebodyUpGetsNobodyElse() {
        Crew.Roll crew = new Crew.Roll(8, 0, Map.of("a", 1), Set.of("a"), Crew.HELD_UP_AFTER);

        assertThat(shares.among(List.of(A, B), 4, crew)).isEqualTo(Map.of(B, 4));
    }

    @Test
    void aHigherPriorityGoesFirstAsFarAsItsTargetsLetIt() {
        Line asked = line("a", Operation.REQUESTED);

        assertThat(limited.among(List.of(asked, B), 2, crew(Map.of()))).isEqualTo(Map.of(asked, 2));
        assertThat(limited.among(List.of(asked, A, B), 5, crew(Map.of()))).isEqualTo(Map.of(asked, 3, B, 2));
    }

    @Test
    void emergenciesPassEverythingAndAreSharedOutFairlyToo() {
        Line leak = line("a", Operation.EMERGENCY);
        Line other = line("b", Operation.EMERGENCY);
        paper.shut("a");

        assertThat(shares.among(
                        List.of(leak, other), 4, new Crew.Roll(8, 0, Map.of("a", 1), Set.of("a"), Crew.HELD_UP_AFTER)))
                .isEqualTo(Map.of(leak, 2, other, 2));
    }

    @Test
    void onlyEmergenciesBeginWhileAsManyAreAtWorkAsMayBeForRoutineWork() {
        FairShares few = new FairShares(paper, () -> 2);
        Line leak = line("c", Operation.EMERGENCY);
        Line asked = line("b", Operation.REQUESTED);

        assertThat(few.among(List.of(A, B), 8, crew(Map.of("a", 1)))).isEqualTo(Map.of(B, 1));
        assertThat(few.among(List.of(asked, A), 8, crew(Map.of("a", 2)))).isEmpty();
        assertThat(few.among(List.of(leak, asked, A), 3, crew(Map.of("a", 2)))).isEqualTo(Map.of(leak, 3));
    }

    @Test
    void whoIsHeldUpKeepsNobodyFromRoutineWork() {
        FairShares few = new FairShares(paper, () -> 2);
        Crew.Roll crew = new Crew.Roll(8, 0, Map.of("a", 2), Set.of("a"), Crew.HELD_UP_AFTER);

        assertThat(few.among(List.of(A, B), 8, crew)).isEqualTo(Map.of(B, 2));
    }

    private static Line line(String target, int priority) {
        return new Line(target, priority, NOON);
    }

    private static Crew.Roll crew(Map<String, Integer> at) {
        return new Crew.Roll(8, at.values().stream().mapToInt(each -> each).sum(), at, Set.of(), Crew.HELD_UP_AFTER);
    }

    private static TargetGates limitedTo(int most) {
        return new TargetGates() {
            @Override
            public void hold(String target, Instant until) {}

            @Override
            public void enter(String target, boolean urgent) {}

            @Override
            public int room(String target, int underWay) {
                return most - underWay;
            }

            @Override
            public Set<String> shut() {
                return Set.of();
            }
        };
    }
}
