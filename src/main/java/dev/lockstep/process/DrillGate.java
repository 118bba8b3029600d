package dev.lockstep.process;

import dev.lockstep.domain.Drill;
import dev.lockstep.lifecycle.CheckSandbox;
import dev.lockstep.lifecycle.MeasureDrill;
import dev.lockstep.port.Drills;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets a drill through to its scenario only when its credential is a sandbox at rest. */
@Component
class DrillGate {

    private static final String REFUSED = "REFUSED";

    private final CheckSandbox sandbox;
    private final MeasureDrill measure;
    private final Drills drills;

    DrillGate(CheckSandbox sandbox, MeasureDrill measure, Drills drills) {
        this.sandbox = sandbox;
        this.measure = measure;
        this.drills = drills;
    }

    /** Where the model goes on: the name of the scenario, or {@code REFUSED}. */
    String next(Drill drill) {
        Optional<String> objection =
                sandbox.unfit(drill.credential()).or(() -> sandbox.inTheWay(drill.credential(), drill.scenario()));
        if (objection.isPresent()) {
            measure.refuse(drill.id(), objection.get());
            return REFUSED;
        }
        drills.before(drill.id(), sandbox.served(drill.credential()).orElse(null));
        return drill.scenario().name();
    }
}
