package dev.lockstep.web;

import dev.lockstep.domain.Drill;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what happened in a drill. */
final class DrillTimeline {

    private final List<DrillView.DrillEvent> events = new ArrayList<>();

    private DrillTimeline() {}

    /** Oldest first; what happened in the same moment in the order in which it makes sense. */
    static List<DrillView.DrillEvent> of(Drill drill) {
        DrillTimeline timeline = new DrillTimeline();
        timeline.add(drill.begunAt(), "begun");
        timeline.add(drill.injectedAt(), "injected");
        timeline.add(drill.detectedAt(), "detected");
        timeline.add(drill.containedAt(), "contained");
        timeline.add(drill.faultEndedAt(), "fault-ended");
        timeline.add(drill.recoveredAt(), "recovered");
        timeline.add(drill.endedAt(), "measured");
        timeline.add(drill.closedAt(), "closed");
        timeline.events.sort(Comparator.comparing(DrillView.DrillEvent::at));
        return timeline.events;
    }

    private void add(@Nullable Instant at, String what) {
        if (at != null) {
            events.add(new DrillView.DrillEvent(at, what));
        }
    }
}
