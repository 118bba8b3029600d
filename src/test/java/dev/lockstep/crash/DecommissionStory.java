package dev.lockstep.crash;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Lifecycles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.Job;

/** The life of a credential ends, unless somebody calls that off or still reads it. */
final class DecommissionStory extends Story {

    static final Duration QUARANTINE = Duration.ofSeconds(30);

    DecommissionStory(Node node, Trial trial) {
        super(node, trial);
    }

    @Override
    void prepare(Site site) {
        super.prepare(site);
        trial.credential().principals().stream().skip(1).forEach(other -> site.role(other, Bench.initial(other)));
    }

    @Override
    boolean happen() {
        Lifecycles lifecycles = node.bean(Lifecycles.class);
        if (trial.operations().isEmpty()) {
            lifecycles.decommission(trial.name(), "tester", "a trial");
            return true;
        }
        boolean quarantine = waitsAt("Quarantine");
        if (quarantine && trial.scenario() == Scenario.DECOMMISSION_CALLED_OFF) {
            lifecycles.cancel(trial.operation().orElseThrow().id(), "tester");
            return true;
        }
        return quarantine
                && trial.scenario() == Scenario.DECOMMISSION_READ
                && lifecycles.readAttempted(trial.name(), "web");
    }

    /** The quarantine is as long as it is. */
    @Override
    Optional<Job> due() {
        Optional<Job> due = super.due();
        due.filter(job -> activity(job).equals("QuarantineOver")).ifPresent(job -> node.advance(QUARANTINE));
        return due;
    }

    private boolean kept() {
        return trial.scenario() == Scenario.DECOMMISSION_CALLED_OFF || trial.scenario() == Scenario.DECOMMISSION_READ;
    }

    @Override
    Map<String, Map<String, Object>> answers() {
        return Map.of(
                "ApproveDecommission",
                Map.of("decision", "approve"),
                "ResolveReadAttempt",
                Map.of("readersChoice", kept() ? "keep" : "goOn"));
    }

    @Override
    Map<String, Map<String, Object>> help() {
        return Map.of("ResolveFailedDecommission", Map.of("choice", kept() ? "keep" : "retry"));
    }

    @Override
    void always(Invariants invariants) {
        invariants.nothingIsDestroyedBeforeItsAccountIsGone();
        if (kept()) {
            invariants.nothingIsDestroyed();
        }
    }

    @Override
    void waiting(Invariants invariants) {
        if (kept()) {
            invariants.whatIsReadLogsIn();
        }
    }

    @Override
    void atRest(Invariants invariants) {
        if (kept()) {
            invariants.whatIsReadLogsIn();
            invariants.isMarked(CredentialStatus.ACTIVE);
            return;
        }
        invariants.nothingIsLeft();
        node.bean(AdoptCredentials.class).run();
        tick("schedule");
        tick("reconcile");
        node.worker().dispatch(node.now());
        invariants.nothingIsLeft();
        invariants.operations(1);
    }
}
