package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Operations;
import dev.lockstep.port.StepTracer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Runs one step for the operation that a process instance carries, inside the operation's trace. */
class StepDelegate implements JavaDelegate {

    private final Operations operations;
    private final StepTracer tracer;
    private final Failures failures;
    private final Body body;

    StepDelegate(StepKit kit, Body body) {
        this.operations = kit.operations();
        this.tracer = kit.tracer();
        this.failures = kit.failures();
        this.body = body;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long id = ModelVariables.operation(execution);
        Operation operation = CurrentRun.operation(id).orElseGet(() -> operations.get(id));
        tracer.step(operation, execution.getCurrentActivityName(), () -> {
            try {
                body.run(id, execution);
            } catch (PermanentException failure) {
                onPermanent(operation, failure);
            } catch (RetryableException failure) {
                throw failures.retry(operation, failure);
            }
            return operation;
        });
    }

    /** By default the model takes another way, through an error event. */
    void onPermanent(Operation operation, PermanentException failure) {
        throw failures.translate(operation, failure);
    }

    Failures failures() {
        return failures;
    }

    /** Reads variables, calls the step, writes variables. */
    @FunctionalInterface
    interface Body {
        void run(long operation, DelegateExecution execution);
    }
}
