package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Proves by a login that must fail that what this operation retired is dead. */
@Component
public class ProvePreviousDead {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;

    ProvePreviousDead(Workbench workbench, FencedStep fenced, Versions versions) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
    }

    /** Does nothing when the operation retired nothing. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        for (Version retired : versions.in(work.credential().name(), Stage.RETIRED)) {
            if (!retired.changedAt().isBefore(work.operation().queuedAt())) {
                prove(work, retired);
            }
        }
    }

    private void prove(Work work, Version retired) {
        Optional<SecretValue> stored = work.store().read(retired.ref());
        if (stored.isEmpty()) {
            return;
        }
        fenced.run(work, Step.PROVE_DEAD, work.calls(1), work.facts(retired), attempt -> {
            try (SecretValue value = stored.get()) {
                if (work.target().verifyDead(work.account(retired), value) != LoginResult.REFUSED) {
                    throw new RetryableException(
                            FailureCode.STILL_ALIVE,
                            retired.ref() + " still logs in as " + retired.principal() + " at target "
                                    + work.credential().target());
                }
            }
            return retired;
        });
    }
}
