package dev.lockstep.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Runs one step for the incident that a process instance carries. What fails is tried again as a job. */
class IncidentDelegate implements JavaDelegate {

    private final Body body;

    IncidentDelegate(Body body) {
        this.body = body;
    }

    @Override
    public void execute(DelegateExecution execution) {
        body.run(ModelVariables.incident(execution), execution);
    }

    /** Reads variables, calls the step, writes variables. */
    @FunctionalInterface
    interface Body {
        void run(long incident, DelegateExecution execution);
    }

    /** A step that asks a target. */
    static final class Outside extends IncidentDelegate implements OutsideStep {

        Outside(Body body) {
            super(body);
        }
    }
}
