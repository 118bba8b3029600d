package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Erases every version of a credential whose account is proven to be gone, at the store and its mirrors. */
@Component
public class DestroyVersions {

    private static final Set<Stage> IN_USE = Set.of(Stage.STAGED, Stage.CURRENT, Stage.PREVIOUS);
    private static final Set<Step> REVIVING = Set.of(Step.CREATE, Step.APPLY, Step.RESTORE, Step.ENABLE);
    private static final String SUCCEEDED = "succeeded";

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Mirrors mirrors;
    private final Versions versions;
    private final Attempts attempts;

    DestroyVersions(Workbench workbench, FencedStep fenced, Mirrors mirrors, Versions versions, Attempts attempts) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.mirrors = mirrors;
        this.versions = versions;
        this.attempts = attempts;
    }

    /** Refuses as long as the operation has not proven the removal, whatever the model says. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        List<Version> held = versions.unerased(work.credential().name());
        if (held.isEmpty()) {
            return;
        }
        if (!provenGone(operationId)) {
            throw new PermanentException(
                    FailureCode.STILL_ALIVE,
                    "no version of " + work.credential().name()
                            + " is destroyed before its account is proven to be gone; the model must prove it first");
        }
        Map<String, String> facts =
                Map.of("store", work.credential().store(), "versions", Integer.toString(held.size()));
        fenced.run(work, Step.DESTROY, work.calls(1), facts, attempt -> {
            mirrors.withdraw(work);
            held.forEach(version -> destroy(work, version));
            return held;
        });
    }

    private void destroy(Work work, Version version) {
        if (IN_USE.contains(version.stage())) {
            versions.move(version.ref(), version.stage(), Stage.RETIRED);
        }
        mirrors.destroy(work, version.ref());
        versions.erased(version.ref());
    }

    /** Whether nothing was begun after the proof that could have made a secret work again. */
    private boolean provenGone(long operationId) {
        boolean proven = false;
        for (Attempts.Entry entry : attempts.list(operationId)) {
            Step step = entry.attempt().step();
            if (REVIVING.contains(step)) {
                proven = false;
            } else if (step == Step.PROVE_REMOVED) {
                proven = entry.outcome().equals(SUCCEEDED);
            }
        }
        return proven;
    }
}
