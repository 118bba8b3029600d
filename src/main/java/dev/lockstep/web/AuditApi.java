package dev.lockstep.web;

import dev.lockstep.port.AuditReview;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail, for those who check it. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit", description = "Needs the role auditor or administrator.")
@ProblemResponses
class AuditApi {

    private static final int MOST = 1000;

    private final AuditReview review;

    AuditApi(AuditReview review) {
        this.review = review;
    }

    /** What verification found. */
    record Verification(
            @Schema(description = "whether nothing is wrong")
            boolean intact,

            @Schema(description = "last position of the chain")
            long position,

            @Schema(description = "hash at that position, worth noting down elsewhere")
            String hash,

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

        static Verification of(AuditReview.Verdict verdict) {
            return new Verification(
                    verdict.intact(),
                    verdict.position(),
                    verdict.hash(),
                    verdict.pending(),
                    verdict.lag(),
                    verdict.checkpoints(),
                    verdict.checkpointPosition(),
                    verdict.foreignCheckpoints(),
                    Finding.of(verdict.firstBad()),
                    verdict.verifiedAt());
        }
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

    /** One entry. */
    record Event(
            @Schema(description = "key for paging") long id,
            Instant recordedAt,
            String actor,
            @Schema(example = "target.apply") String action,
            @Schema(description = "INTENT, OUTCOME or FACT") String phase,
            String subject,
            @Schema(example = "op-17") @Nullable String operation,
            Map<String, String> details,

            @Schema(description = "place in the chain; missing until sealed") @Nullable
            Long position,

            @Nullable String hash) {

        static Event of(AuditReview.Entry entry) {
            Long operation = entry.operation();
            return new Event(
                    entry.id(),
                    entry.recordedAt(),
                    entry.actor(),
                    entry.action(),
                    entry.phase(),
                    entry.subject(),
                    operation == null ? null : "op-" + operation,
                    entry.details(),
                    entry.position(),
                    entry.hash());
        }
    }

    @GetMapping("/verification")
    @Operation(
            summary = "Verify the audit trail",
            description = "Recomputes the whole chain and compares it with the signed checkpoints: seconds per million"
                    + " entries. A trail that is not intact is an answer like any other, with status 200.")
    Verification verify() {
        return Verification.of(review.verify());
    }

    @GetMapping("/events")
    @Operation(summary = "List audit events", description = "Newest first.")
    List<Event> events(
            @Parameter(description = "exactly this subject, for example a credential's name")
                    @RequestParam(required = false)
                    @Nullable
                    String subject,
            @Parameter(description = "exactly this operation, for example op-17")
                    @RequestParam(required = false)
                    @Nullable
                    String operation,
            @Parameter(description = "only entries with a smaller id: the last id of the page before")
                    @RequestParam(required = false)
                    @Nullable
                    Long before,
            @Parameter(description = "1 to 1000") @RequestParam(defaultValue = "100") int limit) {
        Inputs.between("limit", limit, 1, MOST);
        AuditReview.Filter filter = new AuditReview.Filter(
                Inputs.text("subject", subject), operation == null ? null : Inputs.operation("operation", operation));
        return review.entries(filter, before, limit).stream().map(Event::of).toList();
    }
}
