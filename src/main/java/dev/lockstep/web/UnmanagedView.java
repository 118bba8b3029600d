package dev.lockstep.web;

import dev.lockstep.port.Sightings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account at a target that no credential has, as the API tells it. */
@Schema(name = "UnmanagedAccount")
record UnmanagedView(
        @Schema(example = "orders-db") String target,
        @Schema(example = "backup") String principal,
        Instant firstSeen,
        Instant lastSeen,

        @Schema(description = "missing when the target does not tell") @Nullable
        Instant lastLogin,

        @Schema(description = "missing when nobody has said that it is meant to be as it is") @Nullable
        Ignored ignored) {

    /** Who said that an account is meant to be as it is. */
    @Schema(name = "IgnoredAccount")
    record Ignored(
            Instant at, @Nullable String by, @Nullable String reason) {}

    static UnmanagedView of(Sightings.Sighting sighting) {
        return new UnmanagedView(
                sighting.target(),
                sighting.principal(),
                sighting.firstSeen(),
                sighting.lastSeen(),
                sighting.lastLogin(),
                sighting.ignoredAt() == null
                        ? null
                        : new Ignored(sighting.ignoredAt(), sighting.ignoredBy(), sighting.reason()));
    }
}
