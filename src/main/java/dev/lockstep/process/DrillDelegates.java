package dev.lockstep.process;

import static dev.lockstep.process.ModelVariables.decide;
import static dev.lockstep.process.ModelVariables.note;

import dev.lockstep.domain.Drill;
import dev.lockstep.lifecycle.DrillRecord;
import dev.lockstep.lifecycle.InjectFault;
import dev.lockstep.lifecycle.MeasureDrill;
import dev.lockstep.lifecycle.ObserveDrill;
import dev.lockstep.port.Drills;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service tasks of a drill: one bean per step, named as in the model. */
@Configuration(proxyBeanMethods = false)
class DrillDelegates {

    /** The property of a service task that says when the fault ends by itself. */
    private static final String FAULT = "fault";

    @Bean
    JavaDelegate checkSandboxDelegate(Drills drills, DrillGate gate) {
        return new DrillDelegate(drills, (drill, execution) -> decide(execution, Map.of("next", gate.next(drill))));
    }

    @Bean
    JavaDelegate injectFaultDelegate(Drills drills, InjectFault step, ModelProperties properties) {
        return new DrillDelegate(
                drills, (drill, execution) -> step.begin(drill, Duration.parse(properties.of(execution, FAULT))));
    }

    @Bean
    JavaDelegate requestDisturbedRotationDelegate(Drills drills, InjectFault step, Wake wake) {
        return new DrillDelegate(drills, (drill, execution) -> {
            step.disturb(drill);
            wake.afterCommit(Wake.Work.OPERATION);
        });
    }

    @Bean
    JavaDelegate reportDrillLeakDelegate(Drills drills, InjectFault step) {
        return new DrillDelegate(drills, (drill, execution) -> step.reportLeak(drill));
    }

    @Bean
    JavaDelegate loseNodeDelegate(Drills drills, ModelProperties properties, LostNodes nodes) {
        return new DrillDelegate(
                drills, (drill, execution) -> nodes.lose(drill, Duration.parse(properties.of(execution, FAULT))));
    }

    @Bean
    JavaDelegate observeDrillDelegate(Drills drills, ObserveDrill step) {
        return new DrillDelegate(
                drills,
                (drill, execution) ->
                        decide(execution, Map.of("next", step.run(drill.id()).name())));
    }

    @Bean
    JavaDelegate endFaultDelegate(Drills drills, DrillRecord record) {
        return new DrillDelegate(drills, (drill, execution) -> {
            drills.endFault(drill.id());
            record.fact(drill, "drill.end-fault");
        });
    }

    @Bean
    JavaDelegate measureDrillDelegate(Drills drills, MeasureDrill step, DrillFacts facts, DrillRecord record) {
        return new DrillDelegate(drills, (drill, execution) -> {
            Drill measured = step.run(drill.id());
            decide(execution, facts.decision(measured));
            note(execution, facts.measured(measured));
            record.fact(measured, "drill.end");
        });
    }

    @Bean
    JavaDelegate closeDrillDelegate(Drills drills, HistoryService history, DrillRecord record) {
        return new DrillDelegate(drills, (drill, execution) -> {
            String person = LastHand.of(history, execution, "DebriefDrill");
            drills.close(
                    drill.id(),
                    Objects.toString(execution.getVariable("findings"), ""),
                    Objects.toString(execution.getVariable("followUp"), ""),
                    person);
            record.byPerson(person, drill, "drill.close");
        });
    }
}
