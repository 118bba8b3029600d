package dev.lockstep.web;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.RunVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a lifecycle process for one credential. */
record OperationView(
        @Schema(example = "op-17") String id,
        @Schema(example = "prod/shop/postgres/orders-app") String credential,
        @Schema(example = "rotation") String process,

        @Schema(description = "the version it runs on; missing before its first run", example = "rotation@1.2")
        @Nullable
        String version,

        @Schema(description = "queued, claimed, running, quarantined or closed", example = "running")
        String status,

        @Schema(description = "routine, requested or emergency", example = "routine")
        String priority,

        @Schema(description = "user id, or schedule", example = "schedule")
        String requestedBy,

        String reason,

        @Schema(description = "counts the human or timed retries from 1")
        int round,

        boolean rollbackRequested,

        @Schema(description = "in words; missing when it has ended") @Nullable
        String waitsFor,

        @Schema(description = "why the last attempt failed; missing when none did") @Nullable
        FailureView failure,

        @Schema(description = "how it ended; missing while active", example = "rotated") @Nullable
        String outcome,

        Instant queuedAt,

        @Schema(description = "earliest time of the next attempt while queued") @Nullable
        Instant notBefore,

        @Nullable Instant closedAt,

        @Schema(description = "the engine's instance") @Nullable
        String processInstance,

        @Schema(description = "oldest first; only when one operation is asked for") @Nullable
        List<AttemptView> attempts) {

    static OperationView of(
            Operation operation,
            @Nullable RunVersion version,
            @Nullable String waitsFor,
            @Nullable List<AttemptView> attempts) {
        return new OperationView(
                operation.label(),
                operation.credential().value(),
                operation.process(),
                version == null ? null : version.label(),
                Labels.text(operation.status()),
                Labels.priority(operation.priority()),
                operation.requestedBy(),
                operation.reason(),
                operation.round(),
                operation.rollback(),
                waitsFor,
                FailureView.of(operation.failure(), operation.failureMessage()),
                Labels.of(operation.outcome()),
                operation.queuedAt(),
                operation.status() == OperationStatus.QUEUED ? operation.notBefore() : null,
                operation.closedAt(),
                operation.processInstance(),
                attempts);
    }
}
