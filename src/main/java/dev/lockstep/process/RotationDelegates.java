package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;
import static dev.lockstep.process.ModelVariables.takeChoice;

import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.ApplyToTarget;
import dev.lockstep.lifecycle.CheckConsumers;
import dev.lockstep.lifecycle.CheckWave;
import dev.lockstep.lifecycle.CloseOperation;
import dev.lockstep.lifecycle.ContainCredential;
import dev.lockstep.lifecycle.DescribeFailure;
import dev.lockstep.lifecycle.OpenGrace;
import dev.lockstep.lifecycle.OpenOperation;
import dev.lockstep.lifecycle.PrepareRetry;
import dev.lockstep.lifecycle.PromoteVersion;
import dev.lockstep.lifecycle.PropagateVersion;
import dev.lockstep.lifecycle.ProvePreviousDead;
import dev.lockstep.lifecycle.ReleaseWave;
import dev.lockstep.lifecycle.RetirePrevious;
import dev.lockstep.lifecycle.StageVersion;
import dev.lockstep.lifecycle.TellGroup;
import dev.lockstep.lifecycle.VerifyPrevious;
import dev.lockstep.lifecycle.VerifyVersion;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks that process designers can use: one bean per step, named as in the models. */
@Configuration(proxyBeanMethods = false)
class RotationDelegates {

    @Bean
    JavaDelegate openOperationDelegate(StepKit kit, OpenOperation step, TaskFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            OpenOperation.Opened opened = step.run(operation);
            Map<String, Object> approval = facts.approval(opened);
            decide(execution, approval);
            note(execution, facts.request(opened, approval));
        });
    }

    @Bean
    JavaDelegate stageVersionDelegate(StepKit kit, StageVersion step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate applyToTargetDelegate(StepKit kit, ApplyToTarget step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate verifyVersionDelegate(StepKit kit, VerifyVersion step, TaskFacts facts) {
        return new OutsideDelegate(kit, (operation, execution) -> decide(execution, facts.wave(step.run(operation))));
    }

    @Bean
    JavaDelegate releaseWaveDelegate(StepKit kit, ReleaseWave step, TaskFacts facts) {
        return new StepDelegate(
                kit, (operation, execution) -> decide(execution, facts.wave(Optional.of(step.run(operation)))));
    }

    @Bean
    JavaDelegate checkWaveDelegate(StepKit kit, CheckWave step, TaskFacts facts) {
        return new OutsideDelegate(kit, (operation, execution) -> decide(execution, facts.wave(step.run(operation))));
    }

    @Bean
    JavaDelegate promoteVersionDelegate(StepKit kit, PromoteVersion step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate propagateVersionDelegate(StepKit kit, PropagateVersion step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate openGraceDelegate(StepKit kit, OpenGrace step, TaskFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> decide(execution, facts.grace(step.run(operation))));
    }

    @Bean
    JavaDelegate checkConsumersDelegate(StepKit kit, CheckConsumers step, TaskFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            CheckConsumers.Laggards laggards = step.run(operation);
            decide(execution, facts.laggards(laggards));
            note(execution, facts.laggardNames(laggards));
        });
    }

    @Bean
    JavaDelegate noteRollBackDelegate(StepKit kit) {
        return new StepDelegate(kit, (operation, execution) -> kit.operations().requestRollback(operation));
    }

    @Bean
    JavaDelegate retirePreviousDelegate(StepKit kit, RetirePrevious step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate provePreviousDeadDelegate(StepKit kit, ProvePreviousDead step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate verifyPreviousDelegate(StepKit kit, VerifyPrevious step, TaskFacts facts) {
        return new OutsideDelegate(
                kit, (operation, execution) -> decide(execution, facts.recovery(step.run(operation))));
    }

    @Bean
    JavaDelegate describeFailureDelegate(StepKit kit, DescribeFailure step, TaskFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            DescribeFailure.Facts found = step.run(operation);
            decide(execution, facts.escalation(found));
            note(execution, facts.failure(found));
        });
    }

    @Bean
    JavaDelegate prepareRetryDelegate(StepKit kit, PrepareRetry step, ModelProperties properties) {
        return new StepDelegate(
                kit,
                (operation, execution) ->
                        step.run(operation, properties.of(execution, "secret").equals("new"), takeChoice(execution)));
    }

    @Bean
    JavaDelegate containCredentialDelegate(StepKit kit, ContainCredential step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate recordBreakGlassReviewDelegate(StepKit kit, BreakGlass glass, HistoryService history) {
        return new StepDelegate(
                kit,
                (operation, execution) -> glass.reviewed(
                        kit.operations().get(operation),
                        LastHand.of(history, execution, "ReviewBreakGlass"),
                        String.valueOf(execution.getVariable("verdict"))));
    }

    /** No shipped model has it; designers put it where somebody should hear of something. */
    @Bean
    JavaDelegate tellGroupDelegate(StepKit kit, TellGroup step, ModelProperties properties) {
        return new StepDelegate(
                kit,
                (operation, execution) -> step.run(
                        operation,
                        properties.of(execution, "group"),
                        properties.of(execution, "severity"),
                        properties.of(execution, "sentence")));
    }

    @Bean
    JavaDelegate closeOperationDelegate(StepKit kit, CloseOperation step, ModelProperties properties) {
        return new StepDelegate(
                kit,
                (operation, execution) -> step.run(operation, Outcome.valueOf(properties.of(execution, "outcome"))));
    }
}
