package dev.lockstep.lifecycle;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Operation;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Versions;
import dev.lockstep.port.Waves;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the wave whose turn it is: the first of this round that has not passed. Reads only. */
@Component
public class NextWave {

    private final Consumers consumers;
    private final Versions versions;
    private final Waves waves;

    NextWave(Consumers consumers, Versions versions, Waves waves) {
        this.consumers = consumers;
        this.versions = versions;
        this.waves = waves;
    }

    /**
     * Empty when all have passed, and when there is nothing to try out: an emergency, or no consumer or version yet.
     */
    Optional<Turn> of(Work work) {
        Optional<Canary> canary = work.credential().policy().canary();
        Operation operation = work.operation();
        if (canary.isEmpty()
                || operation.priority() >= Operation.EMERGENCY
                || versions.current(work.credential().name()).isEmpty()) {
            return Optional.empty();
        }
        List<Consumers.Sighting> all = consumers.of(work.credential().name());
        int last = waves.passed(operation.id(), operation.round());
        for (int number = last + 1; number <= canary.get().waves().size(); number++) {
            List<String> members = WaveMembers.of(canary.get().waves(), number, all);
            if (!members.isEmpty()) {
                return Optional.of(new Turn(number, canary.get().waves().get(number - 1), members));
            }
        }
        return Optional.empty();
    }

    /**
     * A wave that is to be released or checked.
     *
     * @param number its place, counted from 1
     * @param members the consumers that have the new version in this wave, those of earlier waves left out
     */
    public record Turn(int number, Canary.Wave wave, List<String> members) {
        public Turn {
            members = List.copyOf(members);
        }
    }
}
