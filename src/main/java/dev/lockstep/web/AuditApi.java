package dev.lockstep.web;

import dev.lockstep.port.AuditReview;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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
    private final Sight sight;

    AuditApi(AuditReview review, Sight sight) {
        this.sight = sight;
        this.review = review;
    }

    @GetMapping("/verification")
    @Operation(
            summary = "Verify the audit trail",
            description = "Recomputes the whole chain and compares it with the signed checkpoints: seconds per million"
                    + " entries. A trail that is not intact is an answer like any other, with status 200.")
    AuditVerificationView verify() {
        return AuditVerificationView.of(review.verify());
    }

    @GetMapping("/archives")
    @Operation(
            summary = "List the archives of the audit trail",
            description = "What is older than the retention stands in signed files and no longer in the database."
                    + " Newest first.")
    List<AuditArchiveView> archives() {
        return review.archives().stream().map(AuditArchiveView::of).toList();
    }

    @GetMapping("/events")
    @Operation(
            summary = "List audit events",
            description =
                    "Newest first. With a role for some environments or teams only those about their credentials.")
    List<AuditEventView> events(
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
                Inputs.text("subject", subject),
                operation == null ? null : Inputs.operation("operation", operation),
                sight.auditing());
        return review.entries(filter, before, limit).stream()
                .map(AuditEventView::of)
                .toList();
    }
}
