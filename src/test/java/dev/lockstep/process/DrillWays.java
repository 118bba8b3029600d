package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;

/** The wait states of a drill. */
class DrillWays extends Ways {

    @Autowired
    IncidentStand incidents;

    @Autowired
    Rehearsals rehearsals;

    @Autowired
    Drills drills;

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of("drill", drill());
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of("DebriefDrill", Map.of("findings", "it works", "followUp", "nothing"));
    }

    private Map<String, Supplier<String>> drill() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("before:CheckSandbox", () -> begin(Drill.Scenario.DEAD_TARGET));
        ways.put("before:InjectFault", () -> checked(Drill.Scenario.DEAD_TARGET));
        ways.put("before:ReportDrillLeak", () -> checked(Drill.Scenario.LEAK));
        ways.put("before:LoseNode", this::calledOffBeforeANodeIsLost);
        ways.put("before:ObserveDrill", this::injected);
        ways.put("LookAgain", () -> run(injected(), "ObserveDrill"));
        ways.put("before:EndFault", this::contained);
        ways.put("before:EndFaultLate", () -> run(injected(), "DeadlinePassed"));
        ways.put("before:MeasureDrill", this::late);
        ways.put("DebriefDrill", this::measured);
        ways.put("after:DebriefDrill", () -> complete(measured(), lastWord("DebriefDrill")));
        return ways;
    }

    private CredentialName sandbox() {
        return incidents.adopted(Given.policy().sandbox()).name();
    }

    private String begin(Drill.Scenario scenario) {
        Drill drill = rehearsals.begin(sandbox(), scenario, "tester", "a test");
        return Objects.requireNonNull(drill.processInstance());
    }

    private String checked(Drill.Scenario scenario) {
        return run(begin(scenario), "CheckSandbox");
    }

    private String injected() {
        return run(checked(Drill.Scenario.DEAD_TARGET), "InjectFault");
    }

    /** The rotation meets the fault and waits for its next try. */
    private String contained() {
        String instance = injected();
        stand.target.fail("apply", 1, RotationStand.UNREACHABLE);
        stand.dispatchOnce();
        return run(instance, "ObserveDrill");
    }

    private String late() {
        return run(run(injected(), "DeadlinePassed"), "EndFaultLate");
    }

    private String measured() {
        return run(late(), "MeasureDrill");
    }

    /** The embedded database has one node only: the drill comes here past the check, and no process is started. */
    private String calledOffBeforeANodeIsLost() {
        Drill drill = drills.open(sandbox(), Drill.Scenario.LOST_NODE, "tester", "a test")
                .orElseThrow();
        String instance = stand.runtime
                .createProcessInstanceByKey("drill")
                .businessKey(drill.label())
                .setVariable(ModelVariables.DRILL, drill.id())
                .startBeforeActivity("LoseNode")
                .execute()
                .getId();
        drills.bind(drill.id(), instance);
        rehearsals.cancel(drill.id(), "tester");
        return instance;
    }
}
