package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Waves;
import org.springframework.stereotype.Component;

/** From here on the consumers of the wave are served the staged version; everybody else still reads the current one. */
@Component
public class ReleaseWave {

    private final Workbench workbench;
    private final NextWave next;
    private final Consumers consumers;
    private final Waves waves;

    ReleaseWave(Workbench workbench, NextWave next, Consumers consumers, Waves waves) {
        this.workbench = workbench;
        this.next = next;
        this.consumers = consumers;
        this.waves = waves;
    }

    /** Releases the wave whose turn it is, and returns it. */
    public NextWave.Turn run(long operationId) {
        Work work = workbench.of(operationId);
        NextWave.Turn turn = next.of(work)
                .orElseThrow(() -> new PermanentException(
                        FailureCode.MISCONFIGURED,
                        work.operation().label()
                                + " has no wave to release; the model must ask before, or the policy has changed"));
        consumers.release(workbench.candidate(work).ref(), turn.members());
        waves.released(operationId, work.operation().round(), turn.number());
        return turn;
    }
}
