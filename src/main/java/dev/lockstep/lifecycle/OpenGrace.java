package dev.lockstep.lifecycle;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Decides whether the previous version has to stay valid for a while, asking the ledger what is already known. */
@Component
public class OpenGrace {

    private final Workbench workbench;
    private final Versions versions;
    private final Consumers consumers;
    private final Operations operations;
    private final Clock clock;

    OpenGrace(Workbench workbench, Versions versions, Consumers consumers, Operations operations, Clock clock) {
        this.workbench = workbench;
        this.versions = versions;
        this.consumers = consumers;
        this.operations = operations;
        this.clock = clock;
    }

    /** A roll-back or a refresh that was reported while no process waited for it is found here. */
    public Grace run(long operationId) {
        Work work = workbench.of(operationId);
        Policy.Grace grace = work.credential().policy().grace();
        Next next = decide(work, grace);
        if (next == Next.WAIT && !grace.atLeast().isZero()) {
            operations.keepPrevious(operationId, clock.instant().plus(grace.atLeast()));
        }
        return new Grace(next, grace.atMost());
    }

    private Next decide(Work work, Policy.Grace grace) {
        Operation operation = work.operation();
        if (operation.rollback()) {
            return Next.ROLL_BACK;
        }
        boolean nothingToRetire =
                versions.in(work.credential().name(), Stage.PREVIOUS).isEmpty();
        boolean impatient =
                operation.priority() >= Operation.EMERGENCY || grace.atMost().isZero();
        if (nothingToRetire || impatient || (grace.atLeast().isZero() && allMoved(work))) {
            return Next.RETIRE;
        }
        return Next.WAIT;
    }

    private boolean allMoved(Work work) {
        return !work.credential().consumers().isEmpty()
                && consumers.laggards(workbench.candidate(work).ref()).isEmpty();
    }

    /**
     * What follows the promotion.
     *
     * @param atMost how long to wait when {@code next} is {@code WAIT}
     */
    public record Grace(Next next, Duration atMost) {}

    /** The ways on. */
    public enum Next {
        WAIT,
        RETIRE,
        ROLL_BACK
    }
}
