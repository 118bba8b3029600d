package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for a new credential. */
record IssuanceRequest(
        @Schema(
                description = "env/team/system/what",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "test/shop/postgres/report-job")
        @Nullable
        String name,

        @Schema(
                description = "the group that answers for it",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "shop-team")
        @Nullable
        String owner,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "database-user") @Nullable
        String kind,

        @Schema(
                description = "where the account is made",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "orders-db")
        @Nullable
        String target,

        @Schema(
                description = "where applications read it",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "embedded")
        @Nullable
        String store,

        @Schema(description = "further stores that are kept equal") @Nullable
        List<String> mirrors,

        @Schema(
                description = "says what the account may do and how long it may live",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "ephemeral")
        @Nullable
        String policy,

        @Schema(description = "the accounts; named after the credential when left out") @Nullable
        List<String> principals,

        @Schema(description = "the target's settings for the account; no secrets") @Nullable
        Map<String, String> settings,

        @Schema(description = "the applications that will read it") @Nullable
        List<String> consumers,

        @Nullable Map<String, String> labels,

        @Schema(
                description = "when it ends: a life from the moment of issue, or a moment in UTC; somebody has to ask"
                        + " for its end when left out",
                example = "PT8H")
        @Nullable
        String expires,

        @Schema(
                description = "for the record; no secret",
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = Inputs.LONGEST_REASON,
                example = "a report for the auditors")
        @Nullable
        String reason) {

    /** Throws {@link InvalidInput} when something is missing or malformed. */
    Definition definition() {
        return new Definition(
                CredentialName.of(needed("name", name)),
                needed("owner", owner),
                needed("kind", kind),
                needed("target", target),
                needed("store", store),
                list("mirrors", mirrors),
                needed("policy", policy),
                list("principals", principals),
                map("settings", settings),
                list("consumers", consumers),
                map("labels", labels),
                expires == null || expires.isBlank() ? Optional.empty() : Optional.of(Expiry.of(expires)));
    }

    private static String needed(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidInput(field, field + " is needed");
        }
        return text;
    }

    private static List<String> list(String field, @Nullable List<String> list) {
        List<String> given = list == null ? List.of() : list;
        if (given.stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput(field, field + " holds texts only");
        }
        return given;
    }

    static Map<String, String> map(String field, @Nullable Map<String, String> map) {
        Map<String, String> given = map == null ? Map.of() : map;
        if (given.values().stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput(field, field + " holds texts only");
        }
        return given;
    }
}
