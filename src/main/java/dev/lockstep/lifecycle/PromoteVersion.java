package dev.lockstep.lifecycle;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Makes the candidate the version that applications read, and sets when the credential is due next. An emergency brings
 * a contained credential back into use by that.
 */
@Component
public class PromoteVersion {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;
    private final Inventory inventory;
    private final Timetable timetable;
    private final Clock clock;

    PromoteVersion(
            Workbench workbench,
            FencedStep fenced,
            Versions versions,
            Inventory inventory,
            Timetable timetable,
            Clock clock) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
        this.inventory = inventory;
        this.timetable = timetable;
        this.clock = clock;
    }

    /** Returns the version that is now current. */
    public Version run(long operationId) {
        Work work = workbench.of(operationId);
        Version candidate = workbench.candidate(work);
        return fenced.run(work, Step.PROMOTE, work.calls(1), work.facts(candidate), attempt -> {
            work.store().promote(candidate.ref());
            if (candidate.stage() == Stage.STAGED && versions.promote(candidate.ref())) {
                Instant now = clock.instant();
                inventory.rotated(candidate.ref().credential(), now);
                if (work.operation().priority() >= Operation.EMERGENCY) {
                    inventory.mark(candidate.ref().credential(), CredentialStatus.ACTIVE);
                }
                timetable.rotated(work.credential(), candidate, now);
            }
            return candidate;
        });
    }
}
