package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;

import dev.lockstep.domain.Outcome;
import dev.lockstep.lifecycle.CheckIssuance;
import dev.lockstep.lifecycle.CloseIssuance;
import dev.lockstep.lifecycle.CreatePrincipal;
import dev.lockstep.lifecycle.DescribeAccounts;
import dev.lockstep.lifecycle.DescribeFailure;
import dev.lockstep.lifecycle.DestroyVersions;
import dev.lockstep.lifecycle.DiscardIssued;
import dev.lockstep.lifecycle.PrepareHandover;
import dev.lockstep.lifecycle.ProveRemoved;
import dev.lockstep.lifecycle.RegisterCredential;
import dev.lockstep.lifecycle.RemoveCreated;
import dev.lockstep.lifecycle.VerifyUndone;
import dev.lockstep.lifecycle.WithdrawIssued;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Permits;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks and compensation handlers with which a life begins. */
@Configuration(proxyBeanMethods = false)
class IssuanceDelegates {

    /** In the thread of the person who filled in the form; whatever is wrong with it, the person is told. */
    @Bean
    JavaDelegate queueIssuanceDelegate(Lifecycles lifecycles, ObjectProvider<Permits> permits) {
        return execution -> new IssuanceForm(execution)
                .queue(
                        lifecycles,
                        area -> Optional.ofNullable(permits.getIfAvailable()).flatMap(desk -> desk.objection(area)));
    }

    @Bean
    JavaDelegate checkIssuanceDelegate(StepKit kit, CheckIssuance step, LifeFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            CheckIssuance.Checked checked = step.run(operation);
            Map<String, Object> approval = facts.approval(checked);
            decide(execution, approval);
            note(execution, facts.request(checked, approval));
        });
    }

    @Bean
    JavaDelegate createPrincipalDelegate(StepKit kit, CreatePrincipal step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate removeCreatedDelegate(StepKit kit, RemoveCreated step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate discardIssuedDelegate(StepKit kit, DiscardIssued step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate withdrawIssuedDelegate(StepKit kit, WithdrawIssued step) {
        return new UndoDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate verifyUndoneDelegate(StepKit kit, VerifyUndone step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    /** The whole undo as an ordinary step, whose failure takes another way. */
    @Bean
    JavaDelegate undoIssuanceDelegate(StepKit kit, DiscardIssued step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate registerCredentialDelegate(StepKit kit, RegisterCredential step) {
        return new StepDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate prepareHandoverDelegate(StepKit kit, PrepareHandover step, LifeFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            PrepareHandover.Handover handover = step.run(operation);
            decide(execution, facts.handover(handover));
            note(execution, facts.whereToRead(handover));
        });
    }

    @Bean
    JavaDelegate proveNothingLeftDelegate(StepKit kit, ProveRemoved step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation, ProveRemoved.Gone.MADE));
    }

    @Bean
    JavaDelegate destroyVersionsDelegate(StepKit kit, DestroyVersions step) {
        return new OutsideDelegate(kit, (operation, execution) -> step.run(operation));
    }

    @Bean
    JavaDelegate describeLifeFailureDelegate(
            StepKit kit, DescribeFailure step, DescribeAccounts accounts, TaskFacts facts) {
        return new StepDelegate(kit, (operation, execution) -> {
            DescribeFailure.Facts found = step.run(operation);
            decide(execution, facts.escalation(found));
            note(execution, facts.failure(found));
            note(execution, Map.of("accounts", accounts.run(operation)));
        });
    }

    @Bean
    JavaDelegate closeIssuanceDelegate(StepKit kit, CloseIssuance step, ModelProperties properties) {
        return new StepDelegate(
                kit,
                (operation, execution) -> step.run(operation, Outcome.valueOf(properties.of(execution, "outcome"))));
    }
}
