package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shipped gates, which are entered and left by hand instead of with transactions. Knows of no ledger. */
public final class HandGates implements TargetGates {

    private final Function<String, TargetLimits> limits;
    private final Clock clock;
    private final Map<String, Gate> gates = new TreeMap<>();

    public HandGates(Function<String, TargetLimits> limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    private Gate gate(String target) {
        return gates.computeIfAbsent(target, name -> new Gate(name, () -> limits.apply(name)));
    }

    @Override
    public void enter(String target, boolean urgent) {
        if (!urgent) {
            gate(target).enter();
        }
    }

    /** Ends what {@link #enter} began. */
    public void leave(String target) {
        gate(target).leave();
    }

    /** The target answered. */
    public void worked(String target) {
        gate(target).worked();
    }

    /** The target did not answer. */
    public void failed(String target, Instant now) {
        gate(target).failed(now, FailureCode.TARGET_UNREACHABLE, "no answer");
    }

    /** How many are inside. */
    public int inside(String target) {
        return gate(target).inside();
    }

    @Override
    public int room(String target, int underWay) {
        return gate(target).room(underWay, clock.instant());
    }

    @Override
    public void hold(String target, Instant until) {
        gate(target).hold(until);
    }

    @Override
    public Set<String> shut() {
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue().shut())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
