package dev.lockstep.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals and operations that belong together. */
record IncidentView(
        @Schema(example = "inc-4") String id,

        @Schema(description = "open, review, containing, contained or closed", example = "contained")
        String state,

        @Schema(description = "revoke-now, rotate-now, review or ignore; missing until triage", example = "revoke-now")
        @Nullable
        String response,

        @Schema(description = "low, medium, high or critical; missing until triage", example = "critical") @Nullable
        String severity,

        @Schema(description = "why it was decided so; missing until triage") @Nullable
        String reason,

        @Schema(description = "the group that reviews it; missing until triage", example = "security") @Nullable
        String reviewers,

        @Schema(description = "what is done when nobody reviews it in time", example = "rotate-now") @Nullable
        String safeDefault,

        @Schema(description = "the drill that it rehearses; missing when it is in earnest", example = "drill-7")
        @Nullable
        String drill,

        Instant openedAt,
        @Nullable Instant deadline,
        @Nullable Instant closedAt,

        @Schema(description = "what the reviewer wrote at the end") @Nullable
        String conclusion,

        @Schema(description = "the engine's instance") @Nullable
        String processInstance,

        List<AffectedView> credentials,

        @Schema(description = "oldest first; only when one incident is asked for") @Nullable
        List<IncidentEvent> timeline) {

    /** A credential of an incident, and how far its containment has come. */
    record AffectedView(
            @Schema(example = "prod/shop/postgres/orders-app")
            String credential,

            @Schema(description = "named, same value, same principal or derived", example = "named")
            String relation,

            @Schema(description = "the emergency operation", example = "op-17") @Nullable
            String operation,

            @Nullable Instant containedAt,
            @Nullable Instant provenDeadAt,
            @Nullable Instant replacedAt) {}
}
