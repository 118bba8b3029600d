package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.Breakers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The shared state of targets in memory. */
final class FakeBreakers implements Breakers {

    final Map<String, PausedTarget> rows = new ConcurrentSkipListMap<>();
    private final Clock clock;

    FakeBreakers(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<PausedTarget> paused() {
        return List.copyOf(rows.values());
    }

    @Override
    public boolean pause(String target, FailureCode failure, String message, Instant probeAt) {
        return rows.putIfAbsent(target, new PausedTarget(target, clock.instant(), failure, message, 0, probeAt, null))
                == null;
    }

    @Override
    public boolean resume(String target) {
        return rows.remove(target) != null;
    }

    @Override
    public boolean takeProbe(PausedTarget paused, Instant next) {
        return rows.replace(
                paused.target(),
                paused,
                new PausedTarget(
                        paused.target(),
                        paused.since(),
                        paused.failure(),
                        paused.message(),
                        paused.probes() + 1,
                        next,
                        paused.outage()));
    }

    @Override
    public boolean asked(PausedTarget paused, String outage) {
        throw new UnsupportedOperationException();
    }
}
