package dev.lockstep.crash;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

/** A leak of a sandbox credential is rehearsed: reported, dealt with as every leak, measured, looked back on. */
final class DrillStory extends Story {

    /** The drill ends before, and looks again only when there is something to see. */
    private static final String DEADLINE = "DeadlinePassed";

    private static final String LOOK = "LookAgain";

    private final Leak leak;

    DrillStory(Node node, Trial trial) {
        super(node, trial);
        this.leak = new Leak(node, trial);
    }

    @Override
    boolean happen() {
        if (drills().isEmpty()) {
            node.bean(Rehearsals.class).begin(trial.name(), Drill.Scenario.LEAK, "tester", "a trial");
            return true;
        }
        return !node.worker().begin(node.now()).isEmpty();
    }

    private List<Drill> drills() {
        return node.crossings()
                .observe(() -> node.bean(Drills.class).newest(1000).stream()
                        .filter(drill -> drill.credential().equals(trial.name()))
                        .toList());
    }

    @Override
    Map<String, Map<String, Object>> answers() {
        return Map.of("DebriefDrill", Map.of("findings", "it works", "followUp", "nothing"));
    }

    @Override
    Map<String, Map<String, Object>> help() {
        return Map.of(
                "ResolveFailedRotation", Map.of("choice", "retry"),
                "ResolveFailedContainment", Map.of("containmentChoice", "retry"));
    }

    /** Those of the leak come first. */
    @Override
    Optional<Job> due() {
        return leak.due().stream()
                .findFirst()
                .or(() ->
                        drills().stream().flatMap(drill -> jobs(drill).stream()).findFirst());
    }

    private List<Job> jobs(Drill drill) {
        return node
                .bean(ManagementService.class)
                .createJobQuery()
                .processInstanceId(drill.processInstance())
                .withRetriesLeft()
                .list()
                .stream()
                .filter(job -> !activity(job).equals(DEADLINE))
                .filter(job -> !activity(job).equals(LOOK) || shows(drill))
                .toList();
    }

    /** Whether there is more to see than was seen. */
    private boolean shows(Drill drill) {
        return trial.incident()
                .filter(incident -> (incident.dead() && drill.containedAt() == null)
                        || (incident.replaced() && drill.recoveredAt() == null))
                .isPresent();
    }

    @Override
    List<String> instances() {
        List<String> all = new ArrayList<>();
        super.instances().forEach(instance -> all.addAll(leak.withCalled(instance)));
        trial.incident().map(Trial.Inc::instance).ifPresent(all::add);
        drills().stream().map(Drill::processInstance).filter(Objects::nonNull).forEach(all::add);
        return all;
    }

    @Override
    boolean over() {
        return super.over()
                && trial.incident()
                        .filter(incident -> incident.state().equals("CONTAINED"))
                        .isPresent()
                && drills().stream().anyMatch(drill -> drill.state() == Drill.State.CLOSED);
    }

    @Override
    void always(Invariants invariants) {
        invariants.someVersionLogsIn();
        List<Drill> all = drills();
        invariants.require(all.size() <= 1, all.size() + " drills");
        invariants.require(
                node.bean(Drills.class).faulty(trial.name()).isEmpty(),
                "the sandbox meets a fault that nobody asked for");
        for (Drill drill : all) {
            invariants.require(drill.processInstance() != null, drill.label() + " has no process");
            invariants.require(count("drill.begin") == 1, count("drill.begin") + " records of the begin");
            invariants.require(
                    signals() == (drill.injectedAt() == null ? 0 : 1),
                    signals() + " reports of the leak, injected at " + drill.injectedAt());
            invariants.require(
                    signals() == count("drill.inject"), signals() + " reports, " + count("drill.inject") + " records");
        }
    }

    /** All of it is measured and on record once, and the sandbox can be used again. */
    @Override
    void atRest(Invariants invariants) {
        invariants.whatIsReadLogsIn();
        invariants.isMarked(CredentialStatus.ACTIVE);
        invariants.require(
                node.bean(Drills.class).running(trial.name()).isEmpty(), "the sandbox is still taken by a drill");
        for (Drill drill : drills()) {
            invariants.require(
                    drill.result() == Drill.Result.PASSED,
                    drill.label() + " is " + drill.result() + ": " + drill.story());
            invariants.require(
                    trial.incident()
                            .map(Trial.Inc::id)
                            .filter(id -> id.equals(drill.incident()))
                            .isPresent(),
                    drill.label() + " names incident " + drill.incident() + " and not " + trial.incident());
            invariants.require("it works".equals(drill.findings()), drill.label() + " has no findings");
            invariants.require(jobs(drill).isEmpty(), drill.label() + " is closed, but its process goes on");
        }
        for (String action : List.of("drill.begin", "drill.inject", "drill.end", "drill.close")) {
            invariants.require(count(action) == 1, count(action) + " records of " + action);
        }
    }

    private long count(String action) {
        return trial.sql()
                .sql("SELECT COUNT(*) FROM audit_event WHERE action = :action AND subject = :subject")
                .param("action", action)
                .param("subject", trial.name().value())
                .query(Long.class)
                .single();
    }

    private long signals() {
        return trial.sql()
                .sql("SELECT COUNT(*) FROM incident_signal WHERE source = 'DRILL' AND credential = :credential")
                .param("credential", trial.name().value())
                .query(Long.class)
                .single();
    }
}
