package dev.lockstep.process;

import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A service task of a drill. */
final class DrillDelegate implements JavaDelegate {

    private final Drills drills;
    private final Body body;

    DrillDelegate(Drills drills, Body body) {
        this.drills = drills;
        this.body = body;
    }

    @Override
    public void execute(DelegateExecution execution) {
        body.run(drills.get(ModelVariables.drill(execution)), execution);
    }

    /** What the task does with the drill as it stands now. */
    @FunctionalInterface
    interface Body {
        void run(Drill drill, DelegateExecution execution);
    }
}
