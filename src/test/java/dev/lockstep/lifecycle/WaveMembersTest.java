package dev.lockstep.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Canary;
import dev.lockstep.port.Consumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaveMembersTest {

    private static final Duration SOAK = Duration.ofMinutes(1);

    private static Consumers.Sighting consumer(String name, Map<String, String> labels) {
        return new Consumers.Sighting(name, labels, true, null, null, null);
    }

    private static List<Consumers.Sighting> named(String... names) {
        return Stream.of(names).map(name -> consumer(name, Map.of())).toList();
    }

    private static Canary.Wave share(int percent) {
        return new Canary.Wave(percent, Map.of(), SOAK);
    }

    @Test
    void aShareCountsAllWhoHaveTheVersionAfterTheWaveAndIsRoundedUp() {
        List<Consumers.Sighting> ten = IntStream.range(0, 10)
                .mapToObj(i -> consumer("c" + i, Map.of()))
                .toList();
        List<Canary.Wave> waves = List.of(share(5), share(25), share(60));
        assertThat(WaveMembers.of(waves, 1, ten)).containsExactly("c0");
        assertThat(WaveMembers.of(waves, 2, ten)).containsExactly("c1", "c2");
        assertThat(WaveMembers.of(waves, 3, ten)).containsExactly("c3", "c4", "c5");
    }

    @Test
    void labelsChooseThoseThatCarryAllOfThemAndAreInNoEarlierWave() {
        List<Consumers.Sighting> all = List.of(
                consumer("a", Map.of("ring", "early", "zone", "x")),
                consumer("b", Map.of("ring", "early")),
                consumer("c", Map.of()));
        List<Canary.Wave> waves = List.of(
                new Canary.Wave(0, Map.of("ring", "early", "zone", "x"), SOAK),
                new Canary.Wave(0, Map.of("ring", "early"), SOAK),
                share(99));
        assertThat(WaveMembers.of(waves, 1, all)).containsExactly("a");
        assertThat(WaveMembers.of(waves, 2, all)).containsExactly("b");
        assertThat(WaveMembers.of(waves, 3, all)).containsExactly("c");
    }

    @Test
    void aWaveMayBeEmpty() {
        assertThat(WaveMembers.of(List.of(share(50), share(60)), 2, named("a", "b")))
                .containsExactly("b");
        assertThat(WaveMembers.of(List.of(share(50), share(90)), 2, named("a"))).isEmpty();
        assertThat(WaveMembers.of(List.of(share(50)), 1, List.of())).isEmpty();
    }
}
