package dev.lockstep.process;

import dev.lockstep.port.Dispatch;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Queued operations of at least some priority. */
final class OperationSource implements WorkSource {

    private final int minimumPriority;
    private final Dispatch dispatch;
    private final OperationRun run;
    private final TargetGates gates;
    private final Clock clock;

    /** Whether operations may have been passed over because their target was shut; it may be open by now. */
    private volatile boolean leftBehind;

    OperationSource(int minimumPriority, Dispatch dispatch, OperationRun run, TargetGates gates, Clock clock) {
        this.minimumPriority = minimumPriority;
        this.dispatch = dispatch;
        this.run = run;
        this.gates = gates;
        this.clock = clock;
    }

    @Override
    public List<Runnable> claim(int most) {
        Set<String> shut = gates.shut();
        leftBehind = !shut.isEmpty();
        return dispatch.claim(clock.instant(), most, minimumPriority, OperationRun.LEASE, shut).stream()
                .flatMap(claim -> Stream.<Runnable>of(() -> run.run(claim)))
                .toList();
    }

    @Override
    public boolean passedOver() {
        return leftBehind;
    }
}
