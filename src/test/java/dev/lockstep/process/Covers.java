package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The tests of the class reach every flow node and take every sequence flow of these models, or the class fails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Covers.Check.class)
public @interface Covers {

    /** Ids of the models. */
    String[] value();

    /** Asks when the last test of the class is over. */
    final class Check implements AfterAllCallback {

        @Override
        public void afterAll(ExtensionContext tests) {
            Covers covers = tests.getRequiredTestClass().getAnnotation(Covers.class);
            if (tests.getTestInstance().orElse(null) instanceof Node own) {
                try (own) {
                    check(covers, own.application());
                }
            } else {
                check(covers, SpringExtension.getApplicationContext(tests));
            }
        }

        private static void check(Covers covers, ApplicationContext node) {
            for (String model : covers.value()) {
                assertThat(node.getBean(ModelCoverage.class).missed(node.getBean(ProcessEngine.class), model))
                        .as("not reached in " + model + ".bpmn")
                        .isEmpty();
            }
        }
    }

    /**
     * A test class, with one instance for all its tests, that runs an application of its own; closed after the check.
     */
    interface Node extends AutoCloseable {

        ApplicationContext application();

        @Override
        void close();
    }
}
