package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CrewTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final Crew crew = new Crew(2, 1, nanos::get);

    @Test
    void asManyMayBeAtWorkAsThereAreWorkers() {
        Object first = crew.begins("a");
        crew.begins("b");

        assertThat(crew.roll().free()).isZero();
        assertThat(crew.roll().at()).isEqualTo(Map.of("a", 1, "b", 1));
        crew.ends(first);
        assertThat(crew.roll().free()).isEqualTo(1);
        assertThat(crew.roll().at()).isEqualTo(Map.of("b", 1));
    }

    @Test
    void aStandInTakesThePlaceOfOneWhoIsHeldUpAsLongAsThereAreStandIns() {
        Object first = crew.begins("a");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        crew.begins("b");
        assertThat(crew.roll().next()).isEqualTo(Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(crew.roll().free()).isEqualTo(1);
        assertThat(crew.roll().holding()).containsExactly("a");
        assertThat(crew.roll().busy()).isEqualTo(1);
        crew.begins("c");
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(crew.roll().holding()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(crew.roll().free()).isZero();

        crew.ends(first);
        assertThat(crew.roll().free()).isEqualTo(1);
        assertThat(crew.roll().holding()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void whoIsGoingToBeginCounts() {
        crew.begins("a");

        Crew.Roll soon =
                crew.roll().with(List.of(new WorkSource.Work("a", () -> {}), new WorkSource.Work("b", () -> {})));

        assertThat(soon.busy()).isEqualTo(3);
        assertThat(soon.at()).isEqualTo(Map.of("a", 2, "b", 1));
    }
}
