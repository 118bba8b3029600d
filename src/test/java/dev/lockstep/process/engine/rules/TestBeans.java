package dev.lockstep.process.engine.rules;

import dev.lockstep.process.ModelBean;
import dev.lockstep.process.OutsideStep;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Beans that models of the tests name. */
@TestConfiguration(proxyBeanMethods = false)
public class TestBeans {

    /** How often something ran that no model may reach. */
    public static final AtomicInteger REACHED = new AtomicInteger();

    @Bean
    Quiet quietDelegate() {
        return new Quiet();
    }

    @Bean
    Outside outsideDelegate() {
        return new Outside();
    }

    @Bean
    Grace grace() {
        return new Grace();
    }

    @Bean
    Hidden hidden() {
        return new Hidden();
    }

    static class Quiet implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            execution.setVariable("ran", true);
        }
    }

    static class Outside implements JavaDelegate, OutsideStep {
        @Override
        public void execute(DelegateExecution execution) {}
    }

    /** May be called by models. */
    public static class Grace implements ModelBean {
        public boolean over(String credential) {
            return credential.isEmpty();
        }
    }

    /** May not be called by models. */
    public static class Hidden {
        public boolean reach() {
            REACHED.incrementAndGet();
            return true;
        }
    }
}
