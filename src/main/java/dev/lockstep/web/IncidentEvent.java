package dev.lockstep.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One entry of an incident's timeline. */
record IncidentEvent(
        Instant at,

        @Schema(description = "signal, decided, contained, proven-dead, replaced or closed", example = "contained")
        String what,

        @Schema(example = "prod/shop/postgres/orders-app") @Nullable
        String credential,

        @Schema(description = "in words") String text) {}
