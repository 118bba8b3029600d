package dev.lockstep.process;

import dev.lockstep.port.IncidentQueue;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Incidents whose process has not begun yet. */
final class IncidentSource implements WorkSource {

    private final IncidentQueue incidents;
    private final IncidentRun run;
    private final Clock clock;

    IncidentSource(IncidentQueue incidents, IncidentRun run, Clock clock) {
        this.incidents = incidents;
        this.run = run;
        this.clock = clock;
    }

    @Override
    public List<Runnable> claim(int most) {
        return incidents.claim(clock.instant(), most, IncidentRun.LEASE).stream()
                .flatMap(claim -> Stream.<Runnable>of(() -> run.run(claim)))
                .toList();
    }
}
