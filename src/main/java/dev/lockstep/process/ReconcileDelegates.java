package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.credential;
import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;
import static dev.lockstep.process.ModelVariables.target;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.lifecycle.CheckCredential;
import dev.lockstep.lifecycle.DescribeDrift;
import dev.lockstep.lifecycle.ListPrincipals;
import dev.lockstep.lifecycle.ReconcileTarget;
import dev.lockstep.lifecycle.RepairDrift;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks that compare what should be with what is. */
@Configuration(proxyBeanMethods = false)
class ReconcileDelegates {

    @Bean
    JavaDelegate convergeOperationsDelegate(Converge converge) {
        return execution -> converge.run();
    }

    @Bean
    JavaDelegate followUpFindingsDelegate(Drifts drifts) {
        return execution -> drifts.followUp();
    }

    @Bean
    JavaDelegate findTargetsDelegate(LookedAt lookedAt) {
        return execution -> decide(execution, Map.of("targets", lookedAt.due()));
    }

    @Bean
    JavaDelegate checkCredentialsDelegate(ReconcileTarget step) {
        return new PlainOutsideDelegate(execution -> step.run(target(execution)));
    }

    @Bean
    JavaDelegate listPrincipalsDelegate(ListPrincipals step) {
        return new PlainOutsideDelegate(execution -> step.run(target(execution)));
    }

    @Bean
    JavaDelegate describeDriftDelegate(DescribeDrift step, DriftFacts facts) {
        return execution -> {
            CredentialName credential = credential(execution);
            DescribeDrift.Drift drift = step.run(credential);
            decide(execution, facts.decision(credential, drift));
            note(execution, facts.finding(drift));
        };
    }

    @Bean
    JavaDelegate checkCredentialDelegate(CheckCredential step) {
        return new PlainOutsideDelegate(execution -> step.run(credential(execution), true));
    }

    @Bean
    JavaDelegate repairDriftDelegate(RepairDrift step, Wake wake) {
        return execution -> {
            step.run(credential(execution));
            wake.afterCommit(Wake.Work.OPERATION);
        };
    }
}
