package dev.lockstep.lifecycle;

import dev.lockstep.domain.Step;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lets applications read no version of a credential any more, in any store. */
@Component
public class StopDelivery {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Mirrors mirrors;

    StopDelivery(Workbench workbench, FencedStep fenced, Mirrors mirrors) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.mirrors = mirrors;
    }

    /** The values stay: they are needed for the proof that they are dead. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        fenced.run(
                work,
                Step.STOP_DELIVERY,
                work.calls(1),
                Map.of("store", work.credential().store()),
                attempt -> {
                    mirrors.withdraw(work);
                    return attempt;
                });
    }
}
