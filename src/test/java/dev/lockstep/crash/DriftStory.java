package dev.lockstep.crash;

import dev.lockstep.port.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Credentials are compared with their target; one that somebody has changed outside is put right. */
final class DriftStory extends Story {

    private static final int MOST_TICKS = 4;

    private int ticks;

    DriftStory(Node node, Trial trial) {
        super(node, trial);
    }

    @Override
    void prepare(Site site) {
        super.prepare(site);
        if (changedOutside()) {
            String role = trial.credential().principals().get(0);
            site.sql()
                    .sql("ALTER ROLE " + role + " PASSWORD 'set-by-somebody-else'")
                    .update();
        }
    }

    private boolean changedOutside() {
        return trial.scenario() == Scenario.DRIFT;
    }

    /** Reconcile looks every minute. */
    @Override
    boolean happen() {
        if (over() || ticks == MOST_TICKS || !instances("reconcile").isEmpty()) {
            return false;
        }
        ticks++;
        node.advance(Duration.ofMinutes(1));
        tick("reconcile");
        return true;
    }

    @Override
    List<String> instances() {
        List<String> all = new ArrayList<>(super.instances());
        all.addAll(instances("reconcile"));
        all.addAll(instances("drift"));
        return all;
    }

    @Override
    boolean over() {
        boolean compared = node.crossings()
                .observe(() -> trial.compared()
                        && node.bean(Checks.class).finding(trial.name()).isEmpty());
        boolean put = !changedOutside() || super.over();
        return compared
                && put
                && instances("reconcile").isEmpty()
                && instances("drift").isEmpty();
    }

    /** What leads to the secret that works is not lost, and what is right is left alone. */
    @Override
    void always(Invariants invariants) {
        invariants.nothingIsDestroyed();
        if (!changedOutside()) {
            atRest(invariants);
        }
    }

    @Override
    void atRest(Invariants invariants) {
        invariants.whatIsReadLogsIn();
        invariants.operations(changedOutside() ? 1 : 0);
    }
}
