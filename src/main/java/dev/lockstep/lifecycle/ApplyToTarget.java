package dev.lockstep.lifecycle;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import org.springframework.stereotype.Component;

/** Makes the target accept the candidate. A re-run asks first whether it already does, and then changes nothing. */
@Component
public class ApplyToTarget {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Probe probe;
    private final Patience patience;

    ApplyToTarget(Workbench workbench, FencedStep fenced, Probe probe, Patience patience) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.probe = probe;
        this.patience = patience;
    }

    /** Returns the candidate that the target now accepts. */
    public Version run(long operationId) {
        Work work = workbench.of(operationId);
        Version candidate = workbench.candidate(work);
        if (candidate.stage() == Stage.CURRENT) {
            return candidate;
        }
        return fenced.run(work, Step.APPLY, work.calls(2), work.facts(candidate), attempt -> {
            if (firstTouch(attempt) || (!patience.taken(work, candidate) && !probe.live(work, candidate))) {
                try (SecretValue value = workbench.value(work, candidate.ref())) {
                    work.target().apply(work.account(candidate), value);
                }
            }
            return candidate;
        });
    }

    /** Only before the very first attempt is it certain that the target has not heard of the candidate. */
    private static boolean firstTouch(Attempt attempt) {
        return attempt.round() == 1 && attempt.number() == 1;
    }
}
