package dev.lockstep.crash;

import org.jspecify.annotations.Nullable;

/** One thing that goes wrong at one side of one call. */
final class Fault implements Crossings.Interference {

    private final int point;
    private final Side side;
    private final Mode mode;
    private @Nullable String call;

    Fault(int point, Side side, Mode mode) {
        this.point = point;
        this.side = side;
        this.mode = mode;
    }

    @Override
    public void meet(Crossings.Call met, Side metOn) {
        if (call == null && met.number() == point && metOn == side) {
            call = met.label();
            mode.strike(met.port());
        } else if (call != null && mode == Mode.SIMULATED_KILL) {
            throw new Killed();
        }
    }

    int point() {
        return point;
    }

    Side side() {
        return side;
    }

    Mode mode() {
        return mode;
    }

    /** The call that went wrong, for example {@code Target.apply}; null when there were fewer calls. */
    @Nullable
    String call() {
        return call;
    }
}
