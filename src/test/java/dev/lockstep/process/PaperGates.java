package dev.lockstep.process;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.TargetGates;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gates that are open until a test shuts them. */
public final class PaperGates implements TargetGates {

    private final Set<String> shut = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> held = new ConcurrentHashMap<>();

    /** Lets nobody through to the target, emergencies excepted. */
    public void shut(String target) {
        shut.add(target);
    }

    public void open(String target) {
        shut.remove(target);
    }

    @Override
    public void enter(String target, boolean urgent) {
        if (!urgent && shut.contains(target)) {
            throw new RetryableException(FailureCode.TARGET_PAUSED, "target " + target + " is down");
        }
    }

    @Override
    public int room(String target, int underWay) {
        return shut.contains(target) ? 0 : Integer.MAX_VALUE - underWay;
    }

    @Override
    public void hold(String target, Instant until) {
        held.put(target, until);
    }

    /** Until when nobody needs to come; missing when nobody has said so. */
    public Map<String, Instant> held() {
        return held;
    }

    @Override
    public Set<String> shut() {
        return Set.copyOf(shut);
    }
}
