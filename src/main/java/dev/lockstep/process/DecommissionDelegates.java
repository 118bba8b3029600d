package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;

import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.CloseDecommission;
import dev.lockstep.lifecycle.DisablePrincipals;
import dev.lockstep.lifecycle.EnablePrincipals;
import dev.lockstep.lifecycle.LookAtReaders;
import dev.lockstep.lifecycle.OpenQuarantine;
import dev.lockstep.lifecycle.ProveRemoved;
import dev.lockstep.lifecycle.RemovePrincipals;
import dev.lockstep.lifecycle.VerifyKept;
import dev.lockstep.port.Quarantine;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks and the compensation handler with which a life ends. */
@Configuration(proxyBeanMethods = false)
class DecommissionDelegates {

    @Bean
    JavaDelegate lookAtReadersDelegate(StepKit kit, LookAtReaders step, LifeFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            LookAtReaders.Readers readers = step.run(operation);
            Map<String, Object> approval = facts.approval(readers);
            decide(execution, approval);
            note(execution, facts.request(readers, approval));
        });
    }

    @Bean
    JavaDelegate disablePrincipalsDelegate(StepKit kit, DisablePrincipals step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate enablePrincipalsDelegate(StepKit kit, EnablePrincipals step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate openQuarantineDelegate(StepKit kit, OpenQuarantine step, LifeFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> decide(execution, facts.look(step.run(operation))));
    }

    @Bean
    JavaDelegate describeReadersDelegate(StepKit kit, LookAtReaders step, LifeFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            LookAtReaders.Readers readers = step.run(operation);
            decide(execution, facts.escalation(readers));
            note(execution, facts.facts(readers));
        });
    }

    @Bean
    JavaDelegate answerReadsDelegate(StepKit kit, Quarantine quarantine) {
        return new StepDelegate(kit, (operation, execution) -> quarantine.answered(operation));
    }

    @Bean
    JavaDelegate removePrincipalsDelegate(StepKit kit, RemovePrincipals step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate proveRemovedDelegate(StepKit kit, ProveRemoved step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation, ProveRemoved.Gone.ALL));
    }

    @Bean
    JavaDelegate verifyKeptDelegate(StepKit kit, VerifyKept step) {
        return new OutsideDelegate(
                kit, (operation, execution) -> decide(execution, Map.of("kept", step.run(operation))));
    }

    @Bean
    JavaDelegate closeDecommissionDelegate(StepKit kit, CloseDecommission step, ModelProperties properties) {
        return new StepDelegate(
                kit,
                (operation, execution) -> step.run(operation, Outcome.valueOf(properties.of(execution, "outcome"))));
    }
}
