package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;

import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.lifecycle.CloseIncident;
import dev.lockstep.lifecycle.ContainAll;
import dev.lockstep.lifecycle.DescribeIncident;
import dev.lockstep.lifecycle.DetermineBlastRadius;
import dev.lockstep.lifecycle.LeakFacts;
import dev.lockstep.lifecycle.MatchSignal;
import dev.lockstep.lifecycle.RecordTriage;
import dev.lockstep.lifecycle.TellPeople;
import dev.lockstep.port.Incidents;
import java.util.Map;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks of the emergency revocation: one bean per step, named as in the model. */
@Configuration(proxyBeanMethods = false)
class EmergencyDelegates {

    @Bean
    JavaDelegate matchSignalDelegate(MatchSignal step, IncidentFacts facts) {
        return new IncidentDelegate.Outside((incident, execution) -> {
            LeakFacts found = step.run(incident);
            decide(execution, facts.triage(found));
        });
    }

    /** The engine forgets the result when the business rule task is left. */
    @Bean
    ExecutionListener keepTriageListener(IncidentFacts facts) {
        return execution -> decide(execution, facts.row(execution));
    }

    @Bean
    JavaDelegate recordTriageDelegate(RecordTriage step, IncidentFacts facts) {
        return new IncidentDelegate((incident, execution) ->
                decide(execution, facts.response(step.assessed(incident, facts.triage(execution)))));
    }

    @Bean
    JavaDelegate recordReviewDelegate(RecordTriage step, IncidentFacts facts) {
        return new IncidentDelegate((incident, execution) -> decide(
                execution,
                facts.response(step.chosen(
                        incident, LeakResponse.of(String.valueOf(execution.getVariable("reviewChoice")))))));
    }

    @Bean
    JavaDelegate takeSafeDefaultDelegate(RecordTriage step, IncidentFacts facts) {
        return new IncidentDelegate(
                (incident, execution) -> decide(execution, facts.response(step.byDefault(incident))));
    }

    @Bean
    JavaDelegate describeIncidentDelegate(DescribeIncident step, IncidentFacts facts) {
        return new IncidentDelegate((incident, execution) -> {
            DescribeIncident.Facts described = step.run(incident);
            decide(execution, facts.review(described));
            note(execution, facts.described(described));
        });
    }

    @Bean
    JavaDelegate determineBlastRadiusDelegate(DetermineBlastRadius step) {
        return new IncidentDelegate((incident, execution) -> step.run(incident));
    }

    @Bean
    JavaDelegate containAllDelegate(ContainAll step, Incidents incidents, IncidentMessages messages, Wake wake) {
        return new IncidentDelegate((incident, execution) -> {
            messages.compromisedAfterCommit(step.run(incident));
            wake.afterCommit(Wake.Work.EMERGENCY);
            decide(execution, Map.of("allContained", incidents.settled(incident)));
        });
    }

    @Bean
    JavaDelegate tellContainedDelegate(TellPeople step, Incidents incidents) {
        return new IncidentDelegate((incident, execution) -> {
            incidents.move(incident, Incident.State.CONTAINED);
            step.settled(incident);
        });
    }

    @Bean
    JavaDelegate tellNotContainedDelegate(TellPeople step) {
        return new IncidentDelegate((incident, execution) -> step.late(incident));
    }

    @Bean
    JavaDelegate closeIncidentDelegate(CloseIncident step) {
        return new IncidentDelegate((incident, execution) ->
                step.run(incident, execution.getVariable("conclusion") instanceof String conclusion ? conclusion : ""));
    }
}
