package dev.lockstep.lifecycle;

import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Settles versions that an older operation left {@code STAGED}: the one that the target accepts in place of the current
 * one becomes current, the others are discarded.
 */
@Component
class Leftovers {

    private final Versions versions;
    private final Probe probe;

    Leftovers(Versions versions, Probe probe) {
        this.versions = versions;
        this.probe = probe;
    }

    void settle(Work work) {
        for (Version staged : versions.in(work.credential().name(), Stage.STAGED)) {
            if (staged.operation() == null
                    || staged.operation() != work.operation().id()) {
                settle(work, staged);
            }
        }
    }

    private void settle(Work work, Version staged) {
        Optional<Version> current = versions.current(work.credential().name());
        boolean currentWorks = current.isPresent() && probe.live(work, current.get());
        if (!currentWorks && probe.live(work, staged)) {
            work.store().promote(staged.ref());
            versions.promote(staged.ref());
        } else {
            versions.move(staged.ref(), Stage.STAGED, Stage.DISCARDED);
        }
    }
}
