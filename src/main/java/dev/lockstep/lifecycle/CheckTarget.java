package dev.lockstep.lifecycle;

import dev.lockstep.port.Breakers;
import dev.lockstep.port.Targets;
import org.springframework.stereotype.Component;

/** Asks a target that is left alone whether it is back, and uses it again if so. */
@Component
public class CheckTarget {

    private final Targets targets;
    private final Breakers breakers;

    CheckTarget(Targets targets, Breakers breakers) {
        this.targets = targets;
        this.breakers = breakers;
    }

    /** Whether the target answers and lets Lockstep in. */
    public boolean run(String target) {
        boolean up = targets.target(target).health().up();
        if (up) {
            breakers.resume(target);
        }
        return up;
    }
}
