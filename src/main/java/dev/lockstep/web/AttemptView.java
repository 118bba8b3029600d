package dev.lockstep.web;

import dev.lockstep.port.Attempts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try of a step. */
record AttemptView(
        @Schema(example = "apply") String step,
        int round,

        @Schema(description = "counts the tries of this step in this round from 1")
        int number,

        @Schema(description = "running, succeeded, failed or unknown", example = "succeeded")
        String outcome,

        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable FailureView failure) {

    static AttemptView of(Attempts.Entry entry) {
        return new AttemptView(
                entry.attempt().step().label(),
                entry.attempt().round(),
                entry.attempt().number(),
                entry.outcome(),
                entry.startedAt(),
                entry.finishedAt(),
                FailureView.of(entry.failure(), entry.message()));
    }
}
