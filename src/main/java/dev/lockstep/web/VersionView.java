package dev.lockstep.web;

import dev.lockstep.domain.Version;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One version of a credential. Neither its value nor anything computed from it is here. */
record VersionView(
        int version,

        @Schema(description = "staged, current, previous, retired, discarded or revoked", example = "current")
        String stage,

        @Schema(description = "the account at the target that accepts it", example = "orders_app")
        String principal,

        @Schema(description = "the operation that staged it; missing for an imported version", example = "op-17")
        @Nullable
        String operation,

        Instant createdAt,
        @Schema(description = "when it last changed stage") Instant changedAt) {

    static VersionView of(Version version) {
        Long operation = version.operation();
        return new VersionView(
                version.ref().version(),
                Labels.text(version.stage()),
                version.principal(),
                operation == null ? null : "op-" + operation,
                version.createdAt(),
                version.changedAt());
    }
}
