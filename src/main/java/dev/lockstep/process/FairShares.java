package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch.Line;
import dev.lockstep.port.TargetGates;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Shares workers out between lines: the highest priority first, and there always to the target that has the fewest at
 * work; among equals to the line that has waited longest. So a target with a long queue, or one that hangs, takes from
 * the others no more than one share.
 */
final class FairShares {

    private final TargetGates gates;
    private final IntSupplier routine;

    /** @param routine how many workers may be at work at once for routine work to begin */
    FairShares(TargetGates gates, IntSupplier routine) {
        this.gates = gates;
        this.routine = routine;
    }

    /**
     * How many to take from each line.
     *
     * @param lines highest priority first and then the one that has waited longest
     * @param most all together at most so many
     * @param crew a target that holds a worker up gets no further one for routine work, and none gets more than its
     *     gate has room for; emergencies pass
     */
    Map<Line, Integer> among(List<Line> lines, int most, Crew.Roll crew) {
        Map<String, Integer> at = new HashMap<>(crew.at());
        Map<Line, Integer> shares = new LinkedHashMap<>();
        int room = routine.getAsInt() - crew.busy();
        for (int i = 0; i < most; i++) {
            Optional<Line> next = next(lines, at, crew, i < room);
            if (next.isEmpty()) {
                break;
            }
            shares.merge(next.get(), 1, Integer::sum);
            at.merge(next.get().target(), 1, Integer::sum);
        }
        return shares;
    }

    private Optional<Line> next(List<Line> lines, Map<String, Integer> at, Crew.Roll crew, boolean room) {
        Line best = null;
        int fewest = Integer.MAX_VALUE;
        for (Line line : lines) {
            if (best != null && line.priority() < best.priority()) {
                break;
            }
            int there = at.getOrDefault(line.target(), 0);
            if (there < fewest && (urgent(line) || (room && passes(line, there, crew)))) {
                best = line;
                fewest = there;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean urgent(Line line) {
        return line.priority() >= Operation.EMERGENCY;
    }

    private boolean passes(Line line, int there, Crew.Roll crew) {
        return !crew.holding().contains(line.target()) && gates.room(line.target(), there) > 0;
    }
}
