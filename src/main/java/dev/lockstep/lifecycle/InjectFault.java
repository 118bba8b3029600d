package dev.lockstep.lifecycle;

import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Lets the leak or the fault of a drill begin. Nothing begins for a drill that was called off or is no sandbox any
 * more.
 */
@Component
public class InjectFault {

    private static final String ROTATION = "rotation";
    private static final String INJECT = "drill.inject";

    private final Drills drills;
    private final Operations operations;
    private final Emergencies emergencies;
    private final CheckSandbox sandbox;
    private final DrillRecord record;
    private final Clock clock;

    InjectFault(
            Drills drills,
            Operations operations,
            Emergencies emergencies,
            CheckSandbox sandbox,
            DrillRecord record,
            Clock clock) {
        this.drills = drills;
        this.operations = operations;
        this.emergencies = emergencies;
        this.sandbox = sandbox;
        this.record = record;
        this.clock = clock;
    }

    /**
     * From now on adapters let the credential's calls fail as the scenario says.
     *
     * @param atMost after which the fault ends by itself
     */
    public void begin(Drill drill, Duration atMost) {
        if (allow(drill, atMost)) {
            drills.injected(drill.id());
        }
    }

    /** Prepares for what another process begins. Returns whether it may. */
    public boolean allow(Drill drill, Duration atMost) {
        boolean allowed =
                fit(drill) && drills.inject(drill.id(), clock.instant().plus(atMost));
        if (allowed) {
            record.fact(drill, INJECT);
        }
        return allowed;
    }

    /** Whether the drill goes on and its credential may still be used. */
    public boolean fit(Drill drill) {
        return drill.state() == Drill.State.RUNNING
                && drill.cancelledBy() == null
                && sandbox.unfit(drill.credential()).isEmpty();
    }

    /** Asks for the rotation that will meet the fault; one that somebody else has asked for does as well. */
    public void disturb(Drill drill) {
        if (!fit(drill)) {
            return;
        }
        operations
                .active(drill.credential())
                .or(() -> request(drill))
                .ifPresent(operation -> drills.involve(drill.id(), operation.id()));
    }

    /** Queues the rotation of the sandbox; empty when another operation is under way. */
    public Optional<Operation> request(Drill drill) {
        return operations.request(new OperationRequest(
                drill.credential(),
                ROTATION,
                Operation.REQUESTED,
                drill.requestedBy(),
                drill.label() + " (" + drill.scenario().label() + "): " + drill.reason()));
    }

    /** Reports the leak as any other is reported; only its source tells that it is rehearsed. */
    public void reportLeak(Drill drill) {
        if (!fit(drill)) {
            return;
        }
        drills.injected(drill.id());
        drills.cause(
                drill.id(),
                emergencies
                        .report(new Signal(
                                Signal.Source.DRILL,
                                drill.label(),
                                Signal.Kind.LEAK,
                                Signal.Confidence.CONFIRMED,
                                Signal.Exposure.PUBLIC,
                                null,
                                drill.credential(),
                                null,
                                drill.requestedBy(),
                                "this is " + drill.label() + ", nothing has leaked: " + drill.reason(),
                                clock.instant()))
                        .id());
        record.fact(drill, INJECT);
    }
}
