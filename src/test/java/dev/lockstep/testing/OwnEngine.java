package dev.lockstep.testing;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Lets the engine's REST interface answer from the engine of the test's own application. The engine keeps them by name
 * for the whole JVM: the one that was started last stands for all, and one that is closed leaves none.
 */
public final class OwnEngine extends AbstractTestExecutionListener {

    /** After the application is there. */
    @Override
    public int getOrder() {
        return 2500;
    }

    @Override
    public void prepareTestInstance(TestContext test) {
        test.getApplicationContext()
                .getBeanProvider(ProcessEngine.class)
                .ifAvailable(ProcessEngines::registerProcessEngine);
    }
}
