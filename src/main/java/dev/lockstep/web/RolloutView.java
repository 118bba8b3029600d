package dev.lockstep.web;

import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.Rollouts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A new version that a share of the credentials gets first. */
record RolloutView(
        long id,
        @Schema(example = "rotation") String process,
        @Schema(example = "1.2") String versionTag,

        @Schema(description = "the version that all others keep", example = "1.1")
        String formerTag,

        @Schema(description = "percent of the credentials", example = "5")
        int share,

        @Schema(description = "open, completed or returned", example = "open")
        String status,

        @Schema(description = "so many runs of the new version are waited for before they are compared")
        int minimumSample,

        @Schema(description = "by how many percentage points the new version may fail more often")
        int tolerance,

        Runs runs,
        Runs formerRuns,
        String openedBy,
        Instant openedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,

        @Schema(description = "why it ended; missing while open") @Nullable
        String reason) {

    /** How the runs of a version went. */
    record Runs(
            @Schema(description = "runs that have ended, or have failed although they go on")
            int judged,

            int failed) {

        static Runs of(RolloutRule.Tally tally) {
            return new Runs(tally.judged(), tally.failed());
        }
    }

    static RolloutView of(Rollouts.Progress progress) {
        Rollout rollout = progress.rollout();
        return new RolloutView(
                rollout.id(),
                rollout.process(),
                rollout.versionTag(),
                rollout.formerTag(),
                rollout.share(),
                rollout.status().label(),
                rollout.rule().minimumSample(),
                rollout.rule().tolerance(),
                Runs.of(progress.runs().fresh()),
                Runs.of(progress.runs().former()),
                rollout.openedBy(),
                rollout.openedAt(),
                rollout.endedBy(),
                rollout.endedAt(),
                rollout.reason());
    }
}
