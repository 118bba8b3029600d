package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Proves by logins that must fail that no revoked version of a credential is accepted any more. What a rotation had
 * proven dead before is tried again only when the report was about that very value.
 */
@Component
public class ProveRevoked {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Attempts attempts;
    private final Incidents incidents;
    private final Clock clock;

    ProveRevoked(
            Workbench workbench,
            FencedStep fenced,
            Versions versions,
            Attempts attempts,
            Incidents incidents,
            Clock clock) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.attempts = attempts;
        this.incidents = incidents;
        this.clock = clock;
    }

    /**
     * Returns until when a change of an older operation may still come into force; after that it has to be revoked and
     * proven once more. Empty when the proof is final.
     */
    public Optional<Instant> run(long operationId) {
        Work work = workbench.of(operationId);
        List<Version> revoked = versions.unproven(work.credential().name());
        Map<String, String> facts = Map.of("target", work.credential().target());
        fenced.run(work, Step.PROVE_REVOKED, work.calls(Math.max(1, revoked.size())), facts, attempt -> {
            revoked.forEach(version -> prove(work, version));
            return revoked;
        });
        incidents.provenDead(operationId, clock.instant());
        Optional<Instant> late = attempts.lateChanges(work.credential().name(), operationId);
        if (late.isEmpty()) {
            revoked.forEach(version -> versions.provenDead(version.ref()));
        }
        return late;
    }

    private static void prove(Work work, Version version) {
        Optional<SecretValue> stored = work.store().read(version.ref());
        if (stored.isEmpty()) {
            return;
        }
        try (SecretValue value = stored.get()) {
            if (work.target().verifyDead(work.account(version), value) != LoginResult.REFUSED) {
                throw new RetryableException(
                        FailureCode.STILL_ALIVE,
                        version.ref() + " still logs in as " + version.principal() + " after it was switched off");
            }
        }
    }
}
