package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.DryRuns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;

/** Answers dry runs with a short path that tells what was asked for. */
@TestComponent
class PaperDryRuns implements DryRuns {

    @Override
    public Report run(Plan plan) {
        if (plan.model().content().contains("scriptTask")) {
            throw new InvalidInput("model", "'" + plan.model().name() + "' is refused: script tasks are not run");
        }
        Situation situation = plan.situation();
        return new Report(
                List.of(
                        new Entry("StageVersion", "Stage <new> version", "serviceTask", true, null, Instant.EPOCH),
                        new Entry("ApplyToTarget", "Apply", "serviceTask", false, "planned failure", Instant.EPOCH)),
                List.of("R1"),
                new End(State.WAITS, plan.model().name() + " with " + plan.others() + situation, List.of("x"), null),
                new Simulated(
                        2, List.of(new Held(2, Stage.CURRENT, "app", true)), Map.of("app", new Account(2, false))),
                List.of(plan.failures() + " " + plan.answers() + " " + plan.events()),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>drawn</text></svg>");
    }
}
