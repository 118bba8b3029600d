package dev.lockstep.web;

import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Summary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A configuration that was put in force, as the API tells it. */
@Schema(name = "AppliedConfiguration")
record AppliedView(
        @Schema(description = "counted from 1") long id,
        @Schema(description = "hash of its files") String digest,

        @Schema(description = "missing for the first, which a node took when it started") @Nullable
        String plan,

        @Schema(description = "host and directory, or `api`", example = "lockstep-0:/etc/lockstep/config")
        String origin,

        @Nullable String commit,
        @Schema(description = "a user, or `lockstep`") String by,
        Instant at,
        Summary summary,

        @Schema(description = "since when the ledger follows it; missing while that is under way") @Nullable
        Instant settledAt,

        boolean inForce) {

    static AppliedView of(Applied applied) {
        return new AppliedView(
                applied.id(),
                applied.digest(),
                applied.plan(),
                applied.origin(),
                applied.commit(),
                applied.by(),
                applied.at(),
                applied.summary(),
                applied.settledAt(),
                applied.inForce());
    }
}
