package dev.lockstep.web;

import dev.lockstep.domain.Credential;
import dev.lockstep.port.Consumers;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One credential with all that configuration and ledger know of it; never a secret. */
record CredentialDetails(
        CredentialView credential,

        @Schema(description = "missing when it is no longer in the configuration") @Nullable
        Configured configured,

        @Schema(description = "the version that applications read") @Nullable
        VersionView currentVersion,

        List<ConsumerView> consumers,
        @Nullable OperationView activeOperation,
        CheckFacts.LastCheck lastCheck,

        @Schema(description = "open incidents that concern it", example = "[\"inc-4\"]")
        List<String> openIncidents) {

    /** What the configuration says. */
    record Configured(
            @Schema(example = "database-user") String kind,
            String store,
            List<String> mirrors,

            @Schema(description = "the accounts at the target")
            List<String> principals,

            Map<String, String> labels) {

        static @Nullable Configured of(@Nullable Credential credential) {
            return credential == null
                    ? null
                    : new Configured(
                            credential.kind(),
                            credential.store(),
                            credential.mirrors(),
                            credential.principals(),
                            credential.labels());
        }
    }

    /** A registered consumer and what it has seen last. */
    record ConsumerView(
            @Schema(example = "orders") String name,
            Map<String, String> labels,

            @Schema(description = "the version that it confirmed last") @Nullable
            Integer version,

            @Nullable Instant seenAt,

            @Schema(description = "a new version that it tried or tries before the others") @Nullable
            Integer released) {

        static ConsumerView of(Consumers.Sighting sighting) {
            return new ConsumerView(
                    sighting.consumer(), sighting.labels(), sighting.version(), sighting.at(), sighting.released());
        }
    }
}
