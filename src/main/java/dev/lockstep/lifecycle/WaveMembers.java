package dev.lockstep.lifecycle;

import dev.lockstep.domain.Canary;
import dev.lockstep.port.Consumers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which consumers belong to which wave: a pure function of policy and registered consumers. */
final class WaveMembers {

    private WaveMembers() {}

    /**
     * The members of a wave, without those of the waves before. A share counts all consumers that have the new version
     * after the wave, is rounded up, and takes them in the order of their names.
     *
     * @param number the wave's place, counted from 1
     */
    static List<String> of(List<Canary.Wave> waves, int number, List<Consumers.Sighting> consumers) {
        Set<String> before = new LinkedHashSet<>();
        for (Canary.Wave wave : waves.subList(0, number - 1)) {
            before.addAll(chosen(wave, before, consumers));
        }
        return chosen(waves.get(number - 1), before, consumers);
    }

    private static List<String> chosen(Canary.Wave wave, Set<String> before, List<Consumers.Sighting> consumers) {
        List<Consumers.Sighting> left = consumers.stream()
                .filter(consumer -> !before.contains(consumer.consumer()))
                .toList();
        if (wave.percent() == 0) {
            return left.stream()
                    .filter(consumer -> consumer.labels()
                            .entrySet()
                            .containsAll(wave.labels().entrySet()))
                    .map(Consumers.Sighting::consumer)
                    .toList();
        }
        int reached = (consumers.size() * wave.percent() + 99) / 100;
        return left.stream()
                .limit(Math.max(0, reached - before.size()))
                .map(Consumers.Sighting::consumer)
                .toList();
    }
}
