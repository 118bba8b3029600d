package dev.lockstep.process;

import dev.lockstep.port.IncidentQueue;
import java.time.Clock;
import java.util.List;

/** Incidents whose process has not begun yet. */
final class IncidentSource implements WorkSource {

    private static final String PLACE = "incidents";

    private final IncidentQueue incidents;
    private final IncidentRun run;
    private final Clock clock;

    IncidentSource(IncidentQueue incidents, IncidentRun run, Clock clock) {
        this.incidents = incidents;
        this.run = run;
        this.clock = clock;
    }

    @Override
    public List<Work> claim(int most, Crew.Roll crew) {
        return incidents.claim(clock.instant(), most, IncidentRun.LEASE).stream()
                .map(claim -> new Work(PLACE, () -> run.run(claim)))
                .toList();
    }
}
