package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;

import dev.lockstep.lifecycle.OpenContainment;
import dev.lockstep.lifecycle.ProveRevoked;
import dev.lockstep.lifecycle.RecordReplacement;
import dev.lockstep.lifecycle.RevokeAtTarget;
import dev.lockstep.lifecycle.StopDelivery;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks of the containment: one bean per step, named as in the model. */
@Configuration(proxyBeanMethods = false)
class ContainmentDelegates {

    @Bean
    JavaDelegate openContainmentDelegate(StepKit kit, OpenContainment step, IncidentFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> decide(execution, facts.response(step.run(operation))));
    }

    @Bean
    JavaDelegate revokeAtTargetDelegate(StepKit kit, RevokeAtTarget step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate stopDeliveryDelegate(StepKit kit, StopDelivery step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate proveRevokedDelegate(StepKit kit, ProveRevoked step, IncidentFacts facts) {
        return new OutsideDelegate(kit, (operation, execution) -> decide(execution, facts.late(step.run(operation))));
    }

    @Bean
    JavaDelegate recordReplacementDelegate(StepKit kit, RecordReplacement step) {
        return new StepDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate reportToIncidentDelegate(StepKit kit, IncidentMessages messages) {
        return new StepDelegate(kit, (operation, execution) -> messages.settledAfterCommit(operation));
    }
}
