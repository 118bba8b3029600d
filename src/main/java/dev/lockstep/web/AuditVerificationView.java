package dev.lockstep.web;

import dev.lockstep.port.AuditReview;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What verification of the audit trail found. */
record AuditVerificationView(
        @Schema(description = "whether nothing is wrong") boolean intact,

        @Schema(description = "last position of the chain") long position,

        @Schema(description = "hash at that position, worth noting down elsewhere")
        String hash,

        @Schema(description = "last position that is in an archive and no longer in the database; 0 when none is")
        long archived,

        @Schema(description = "events that wait for their seal")
        long pending,

        @Schema(description = "age of the oldest of them", example = "PT0.4S")
        Duration lag,

        @Schema(description = "valid signed checkpoints in the file of this node")
        long checkpoints,

        @Schema(description = "up to where they reach") long checkpointPosition,

        @Schema(description = "checkpoints of other nodes whose key is not trusted here")
        long foreignCheckpoints,

        @Schema(description = "the first thing that is wrong; missing when intact") @Nullable
        Finding firstBad,

        Instant verifiedAt) {

    static AuditVerificationView of(AuditReview.Verdict verdict) {
        return new AuditVerificationView(
                verdict.intact(),
                verdict.position(),
                verdict.hash(),
                verdict.archived(),
                verdict.pending(),
                verdict.lag(),
                verdict.checkpoints(),
                verdict.checkpointPosition(),
                verdict.foreignCheckpoints(),
                Finding.of(verdict.firstBad()),
                verdict.verifiedAt());
    }

    /** Something that is wrong with the trail. */
    record Finding(
            @Schema(example = "edited") String problem,
            @Nullable Long position,

            @Schema(description = "last entry of the range in which the change lies") @Nullable
            Long through,

            @Nullable Long event,
            String explanation) {

        static @Nullable Finding of(AuditReview.@Nullable Finding finding) {
            return finding == null
                    ? null
                    : new Finding(
                            finding.problem().label(),
                            finding.position(),
                            finding.through(),
                            finding.event(),
                            finding.explanation());
        }
    }
}
