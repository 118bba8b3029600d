package dev.lockstep.process;

import dev.lockstep.lifecycle.DemoteVersion;
import dev.lockstep.lifecycle.DiscardStaged;
import dev.lockstep.lifecycle.PropagatePrevious;
import dev.lockstep.lifecycle.RestorePrevious;
import dev.lockstep.lifecycle.WithdrawRelease;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The compensation handlers of the models. */
@Configuration(proxyBeanMethods = false)
class UndoDelegates {

    @Bean
    JavaDelegate discardStagedDelegate(StepKit kit, DiscardStaged step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate restorePreviousDelegate(StepKit kit, RestorePrevious step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate withdrawReleaseDelegate(StepKit kit, WithdrawRelease step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate demoteVersionDelegate(StepKit kit, DemoteVersion step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate propagatePreviousDelegate(StepKit kit, PropagatePrevious step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }
}
