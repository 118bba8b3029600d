package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;
import static dev.lockstep.process.ModelVariables.target;

import dev.lockstep.lifecycle.CheckTarget;
import dev.lockstep.lifecycle.DescribeOutage;
import dev.lockstep.lifecycle.ReportMissedAges;
import dev.lockstep.port.Notifier;
import java.util.Map;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks of the watch and of outages. */
@Configuration(proxyBeanMethods = false)
class WatchDelegates {

    @Bean
    JavaDelegate watchTargetsDelegate(Outages outages) {
        return execution -> outages.watch();
    }

    @Bean
    JavaDelegate remindAndEscalateDelegate(TaskWatch tasks) {
        return execution -> tasks.look();
    }

    @Bean
    JavaDelegate reportMissedAgesDelegate(ReportMissedAges step) {
        return execution -> step.run();
    }

    @Bean
    JavaDelegate tellOutageDelegate(DescribeOutage step, OutageFacts facts, Notifier notifier) {
        return execution -> notifier.tell(facts.down(step.run(target(execution))));
    }

    @Bean
    JavaDelegate describeOutageDelegate(DescribeOutage step, OutageFacts facts) {
        return execution -> {
            DescribeOutage.Facts found = step.run(target(execution));
            decide(execution, facts.escalation(found));
            note(execution, facts.outage(found));
        };
    }

    @Bean
    JavaDelegate probeTargetDelegate(CheckTarget step) {
        return new PlainOutsideDelegate(execution -> decide(execution, Map.of("answers", step.run(target(execution)))));
    }

    @Bean
    JavaDelegate tellRecoveredDelegate(DescribeOutage step, OutageFacts facts, Notifier notifier) {
        return execution -> notifier.tell(facts.back(step.run(target(execution))));
    }
}
