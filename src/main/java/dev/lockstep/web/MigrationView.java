package dev.lockstep.web;

import dev.lockstep.port.Migrations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Running instances on their way to another version of their process. */
record MigrationView(
        long id,
        @Schema(example = "rotation") String process,
        @Schema(example = "1.1") String from,
        @Schema(example = "1.2") String to,

        @Schema(description = "activities that are called otherwise in the new version, old to new")
        Map<String, String> mappings,

        @Schema(description = "planned, running or done", example = "planned")
        String status,

        @Schema(description = "instances when it was planned")
        int total,

        @Schema(description = "instances on the new version")
        int moved,

        @Schema(description = "instances that could not be moved and go on with the old version")
        int left,

        @Schema(description = "why they could not be moved") List<String> problems,

        String plannedBy,
        Instant plannedAt,
        @Nullable Instant endedAt,

        @Schema(description = "which activity becomes which; only when it is planned") @Nullable
        Map<String, String> instructions,

        @Schema(description = "what would not fit; only when it is planned") @Nullable
        List<String> misfits) {

    static MigrationView of(Migrations.Plan plan) {
        return of(plan.migration(), plan.instructions(), plan.misfits());
    }

    static MigrationView of(Migrations.Migration migration) {
        return of(migration, null, null);
    }

    private static MigrationView of(
            Migrations.Migration migration,
            @Nullable Map<String, String> instructions,
            @Nullable List<String> misfits) {
        return new MigrationView(
                migration.id(),
                migration.process(),
                migration.from(),
                migration.to(),
                migration.mappings(),
                migration.status().label(),
                migration.total(),
                migration.moved(),
                migration.left(),
                migration.problems().lines().toList(),
                migration.plannedBy(),
                migration.plannedAt(),
                migration.endedAt(),
                instructions,
                misfits);
    }
}
