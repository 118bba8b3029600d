package dev.lockstep.web;

import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A drill and its report. */
@Schema(name = "Drill")
record DrillView(
        @Schema(example = "drill-7") String id,
        @Schema(example = "test/shop/postgres/sandbox") String credential,

        @Schema(description = "leak, dead-target, dead-store, refused-password or lost-node", example = "dead-target")
        String scenario,

        @Schema(description = "running, debrief or closed", example = "closed")
        String state,

        @Schema(description = "passed, failed, cancelled or refused; missing while it runs", example = "passed")
        @Nullable
        String result,

        String requestedBy,
        String reason,

        @Schema(description = "from the injection until Lockstep noticed; missing when it did not", example = "1.4")
        @Nullable
        Double secondsToDetect,

        @Schema(description = "from the injection until no more damage could be done", example = "3.1") @Nullable
        Double secondsToContain,

        @Schema(
                description = "until applications read a new version: from the end of a fault that had to end first,"
                        + " else from the injection",
                example = "5.9")
        @Nullable
        Double secondsToRecover,

        @Schema(description = "the operation that it disturbed", example = "op-17") @Nullable
        String operation,

        @Schema(description = "the incident that it caused", example = "inc-4") @Nullable
        String incident,

        @Schema(description = "what happened, in words; missing while it runs") @Nullable
        String story,

        @Schema(description = "what people found; missing before the debriefing") @Nullable
        String findings,

        @Schema(description = "what is to be done; missing before the debriefing") @Nullable
        String followUp,

        @Nullable String debriefedBy,
        @Schema(description = "oldest first") List<DrillEvent> timeline,

        @Schema(description = "the same as a page", example = "/drills/drill-7")
        String page) {

    /** When something of a drill happened. */
    @Schema(name = "DrillEvent")
    record DrillEvent(
            Instant at,

            @Schema(
                    description = "begun, injected, detected, contained, fault-ended, recovered, measured or closed",
                    example = "detected")
            String what) {}

    static DrillView of(Drill drill) {
        return new DrillView(
                drill.label(),
                drill.credential().value(),
                drill.scenario().label(),
                Labels.text(drill.state()),
                Labels.of(drill.result()),
                drill.requestedBy(),
                drill.reason(),
                seconds(drill.toDetect()),
                seconds(drill.toContain()),
                seconds(drill.toRecover()),
                drill.operation() == null ? null : "op-" + drill.operation(),
                drill.incident() == null ? null : Incident.label(drill.incident()),
                drill.story(),
                drill.findings(),
                drill.followUp(),
                drill.debriefedBy(),
                DrillTimeline.of(drill),
                "/drills/" + drill.label());
    }

    private static @Nullable Double seconds(Optional<Duration> time) {
        return time.map(length -> Math.max(0, length.toMillis()) / 1000.0).orElse(null);
    }
}
