package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Proves by a login that must fail that what this operation retired or revoked is dead. */
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

    /** Does nothing when the operation retired and revoked nothing. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        List<Version> dead = Stream.of(Stage.RETIRED, Stage.REVOKED)
                .flatMap(stage -> versions.in(work.credential().name(), stage).stream())
                .filter(version ->
                        !version.changedAt().isBefore(work.operation().queuedAt()))
                .filter(version -> work.store().read(version.ref()).isPresent())
                .toList();
        if (dead.isEmpty()) {
            return;
        }
        fenced.run(work, Step.PROVE_DEAD, work.calls(dead.size()), work.facts(dead.get(0)), attempt -> {
            dead.forEach(version -> prove(work, version));
            return dead;
        });
        dead.forEach(version -> versions.provenDead(version.ref()));
    }

    private void prove(Work work, Version version) {
        try (SecretValue value = workbench.value(work, version.ref())) {
            if (work.target().verifyDead(work.account(version), value) != LoginResult.REFUSED) {
                throw new RetryableException(
                        FailureCode.STILL_ALIVE,
                        version.ref() + " still logs in as " + version.principal() + " at target "
                                + work.credential().target());
            }
        }
    }
}
