package dev.lockstep.web;

import dev.lockstep.port.AuditReview;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Audit entries that stand in a file. */
record AuditArchiveView(
        @Schema(description = "position of its first entry") long first,

        @Schema(description = "position of its last entry") long last,

        @Schema(description = "when the latest of its entries was recorded")
        Instant recordedUntil,

        @Schema(description = "in the folder of archives", example = "audit-000000000001-000000004711.jsonl")
        String file,

        @Schema(description = "SHA-256 of the file") String sha256,

        Instant archivedAt) {

    static AuditArchiveView of(AuditReview.Archived archived) {
        return new AuditArchiveView(
                archived.first(),
                archived.last(),
                archived.recordedUntil(),
                archived.file(),
                archived.sha256(),
                archived.archivedAt());
    }
}
