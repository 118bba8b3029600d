package dev.lockstep.crash;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Rotations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A rotation is asked for while its target is left alone; people are told, and it resumes when the target is back. */
final class OutageStory extends Story {

    private static final String TARGET = "orders-db";
    private static final String PROCESS = "target-outage";
    private static final int MOST_LOOKS = 8;

    private int looks;

    OutageStory(Node node, Trial trial) {
        super(node, trial);
    }

    @Override
    boolean happen() {
        if (looks == MOST_LOOKS) {
            return false;
        }
        if (trial.operations().isEmpty()) {
            goDown();
            node.bean(Rotations.class).rotate(trial.name(), false, "tester", "a trial");
        } else if (down() && !tasks().isEmpty()) {
            node.bean(Breakers.class).resume(TARGET);
        } else if (down() || !instances(PROCESS).isEmpty()) {
            node.advance(Duration.ofSeconds(61));
            tick("watch");
        } else {
            return false;
        }
        looks++;
        return true;
    }

    private void goDown() {
        node.bean(Breakers.class)
                .pause(
                        TARGET,
                        FailureCode.TARGET_UNREACHABLE,
                        TARGET + " does not answer",
                        node.now().plusSeconds(3600));
    }

    private boolean down() {
        return node.crossings()
                .observe(() -> !node.bean(Breakers.class).paused().isEmpty());
    }

    @Override
    List<String> instances() {
        List<String> all = new ArrayList<>(super.instances());
        all.addAll(instances("watch"));
        all.addAll(instances(PROCESS));
        return all;
    }

    @Override
    boolean over() {
        return super.over() && !down() && instances(PROCESS).isEmpty();
    }

    @Override
    void always(Invariants invariants) {
        invariants.someVersionLogsIn();
        invariants.nothingInUseIsDestroyed();
        invariants.require(instances(PROCESS).size() <= 1, "more than one task about the target");
        invariants.require(!down() || attempts() == 0, "an attempt was begun at a target that is left alone");
    }

    private long attempts() {
        return trial.operations().stream()
                .flatMap(operation -> node.bean(Attempts.class).list(operation.id()).stream())
                .count();
    }

    @Override
    void atRest(Invariants invariants) {
        invariants.someVersionLogsIn();
        invariants.whatIsReadLogsIn();
        invariants.nothingInUseIsDestroyed();
    }

    @Override
    void clear() {
        node.bean(Breakers.class).resume(TARGET);
    }
}
