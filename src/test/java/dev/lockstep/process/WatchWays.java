package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.port.Breakers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.beans.factory.annotation.Autowired;

/** The wait states of what looks after targets, tasks and drift. */
class WatchWays extends Ways {

    @Autowired
    Breakers breakers;

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of(
                "target-outage", outage(),
                "watch",
                        Map.of(
                                "before:RemindAndEscalate",
                                () -> begun("watch", () -> tick("watch")),
                                "before:ReportMissedAges",
                                () -> run(begun("watch", () -> tick("watch")), "RemindAndEscalate")),
                "schedule", Map.of(),
                "reconcile", Map.of("before:LookAtTarget", this::looking),
                "drift", drift());
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of("RestoreTarget", Map.of(), "ResolveDrift", Map.of("driftChoice", "leave"));
    }

    private Map<String, Supplier<String>> outage() {
        return Map.of(
                "RestoreTarget", this::down, "after:RestoreTarget", () -> complete(down(), lastWord("RestoreTarget")));
    }

    private Map<String, Supplier<String>> drift() {
        return Map.of(
                "ResolveDrift",
                this::drifted,
                "after:ResolveDrift",
                () -> complete(drifted(), lastWord("ResolveDrift")));
    }

    private String down() {
        String target = "paper-" + System.nanoTime();
        breakers.pause(
                target,
                FailureCode.TARGET_UNREACHABLE,
                "it does not answer",
                stand.clock.instant().plusSeconds(15));
        stand.clock.advance(Duration.ofMinutes(1));
        tick("watch");
        return stand.runtime
                .createProcessInstanceQuery()
                .processDefinitionKey("target-outage")
                .processInstanceBusinessKey(target)
                .singleResult()
                .getId();
    }

    private String looking() {
        stand.adopted(Given.policy());
        return begun("reconcile", () -> tick("reconcile"));
    }

    /** Somebody else has changed the secret: one look finds it, and the next has it followed up. */
    private String drifted() {
        Credential credential = stand.adopted(Given.policy());
        stand.target.set(credential.principals().get(0), "set by somebody else");
        String looking = begun("reconcile", () -> tick("reconcile"));
        for (Job job :
                stand.management.createJobQuery().processInstanceId(looking).list()) {
            stand.management.executeJob(job.getId());
        }
        return begun("drift", () -> tick("reconcile"));
    }
}
