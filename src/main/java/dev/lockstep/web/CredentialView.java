package dev.lockstep.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One credential in a list. */
record CredentialView(
        @Schema(example = "prod/shop/postgres/orders-app") String name,

        @Schema(description = "the group that answers for it", example = "shop") @Nullable
        String owner,

        @Schema(example = "orders-db") @Nullable String target,

        @Schema(description = "in-place, overlap or alternating", example = "in-place") @Nullable
        String strategy,

        @Nullable String policy,

        @Schema(description = "requested, active, disabled, contained, decommissioned or unmanaged", example = "active")
        String status,

        @Schema(
                description = "what to know first: quarantined, waiting (for a person), contained, disabled, running,"
                        + " overdue, failed, unmanaged, requested, decommissioned or ok",
                example = "ok")
        String state,

        @Schema(description = "number of the version that applications read; missing when there is none") @Nullable
        Integer currentVersion,

        @Schema(description = "missing when rotated only on demand") @Nullable
        Instant nextRotationAt,

        @Schema(
                description =
                        "when its secret will have reached the maximum age of its policy, or has; missing when there"
                                + " is none")
        @Nullable
        Instant rotateBy,

        @Schema(description = "when its life ends; missing when somebody has to ask for that") @Nullable
        Instant expiresAt,

        @Nullable Instant lastRotatedAt,

        @Schema(description = "how its last operation ended", example = "rotated") @Nullable
        String lastOutcome,

        @Schema(description = "why its last operation failed") @Nullable
        FailureView lastFailure,

        @Schema(description = "the operation that is under way", example = "op-17") @Nullable
        String activeOperation) {

    static CredentialView of(CredentialRow row, @Nullable Integer currentVersion) {
        return new CredentialView(
                row.name().value(),
                row.owner(),
                row.target(),
                row.strategy(),
                row.policy(),
                Labels.text(row.status()),
                row.state().label(),
                currentVersion,
                row.nextRotationAt(),
                row.rotateBy(),
                row.expiresAt(),
                row.lastRotatedAt(),
                Labels.of(row.lastOutcome()),
                FailureView.of(row.lastFailure(), null),
                row.active() == null ? null : row.active().label());
    }
}
