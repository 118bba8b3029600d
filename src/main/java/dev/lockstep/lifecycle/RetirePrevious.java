package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import org.springframework.stereotype.Component;

/**
 * Ends the life of every previous version. Where the previous one lives on another principal it is switched off at the
 * target, but only after the current one has logged in once more.
 */
@Component
public class RetirePrevious {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Probe probe;
    private final Versions versions;

    RetirePrevious(Workbench workbench, FencedStep fenced, Probe probe, Versions versions) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.probe = probe;
        this.versions = versions;
    }

    /** Does nothing when no version is {@code PREVIOUS}. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        Version current = versions.current(work.credential().name())
                .orElseThrow(() -> new PermanentException(
                        FailureCode.INTERNAL_ERROR, "nothing is retired while no version is current"));
        for (Version previous : versions.in(work.credential().name(), Stage.PREVIOUS)) {
            if (!previous.principal().equals(current.principal())) {
                switchOff(work, current, previous);
            }
            versions.move(previous.ref(), Stage.PREVIOUS, Stage.RETIRED);
        }
    }

    private void switchOff(Work work, Version current, Version previous) {
        fenced.run(work, Step.RETIRE, work.calls(2), work.facts(previous), attempt -> {
            if (!probe.live(work, current)) {
                throw new PermanentException(
                        FailureCode.DRIFT,
                        current.ref() + " does not log in any more, so " + previous.ref() + " is not retired");
            }
            work.target().retire(work.account(previous));
            return previous;
        });
    }
}
