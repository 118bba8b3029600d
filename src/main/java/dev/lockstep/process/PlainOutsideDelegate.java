package dev.lockstep.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Asks a system outside without being a step of an operation. */
final class PlainOutsideDelegate implements JavaDelegate, OutsideStep {

    private final JavaDelegate body;

    PlainOutsideDelegate(JavaDelegate body) {
        this.body = body;
    }

    @Override
    public void execute(DelegateExecution execution) throws Exception {
        body.execute(execution);
    }
}
