package dev.lockstep.web;

import dev.lockstep.port.AccessReviews;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who reads and approves what, and the review of it. */
@RestController
@RequestMapping(path = "/api/v1/access-reviews", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Access reviews", description = "Beginning one needs the role operator.")
@ProblemResponses
class AccessReviewsApi {

    private final AccessReviews reviews;

    AccessReviewsApi(AccessReviews reviews) {
        this.reviews = reviews;
    }

    /** What is true of the access to the credentials of one owner. */
    @Schema(name = "AccessOfOwner")
    record OwnerView(
            @Schema(example = "shop-team") String owner,

            @Schema(description = "whether the owner is being asked whether this is right")
            boolean beingAsked,

            Instant collectedAt,
            List<AccessView> credentials) {

        static OwnerView of(AccessReviews.Evidence evidence, List<String> asked) {
            return new OwnerView(
                    evidence.owner(),
                    asked.contains(evidence.owner()),
                    evidence.collectedAt(),
                    evidence.credentials().stream().map(AccessView::of).toList());
        }
    }

    /** The access to one credential. */
    @Schema(name = "Access")
    record AccessView(
            @Schema(example = "prod/shop/postgres/orders-app")
            String credential,

            List<ReaderView> readers,

            @Schema(description = "has to agree to a rotation; missing when nobody has to", example = "approvers")
            @Nullable
            String approverGroup,

            @Schema(description = "who is in that group now")
            List<String> approvers,

            @Nullable Instant lastRotatedAt) {

        static AccessView of(AccessReviews.Access access) {
            String group = access.approvers().group();
            return new AccessView(
                    access.credential(),
                    access.readers().stream()
                            .map(reader -> new ReaderView(reader.consumer(), reader.version(), reader.seenAt()))
                            .toList(),
                    group.isEmpty() ? null : group,
                    access.approvers().people(),
                    access.lastRotatedAt());
        }
    }

    /** A registered consumer. */
    @Schema(name = "AccessReader")
    record ReaderView(
            @Schema(example = "orders") String consumer,

            @Schema(description = "missing when it was never seen") @Nullable
            Integer version,

            @Nullable Instant seenAt) {}

    /** Whom a review asks. */
    @Schema(name = "BegunAccessReview")
    record Begun(List<String> owners) {}

    @GetMapping
    @Operation(
            summary = "Tell who reads and approves what",
            description = "As it is now, owner by owner. The answers to past reviews are in the audit trail, as"
                    + " `access-review.answer`.")
    List<OwnerView> evidence() {
        List<String> asked = reviews.asked();
        return reviews.evidence().stream()
                .map(evidence -> OwnerView.of(evidence, asked))
                .toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Ask all owners now",
            description = "Each gets a task with the evidence; who is being asked already is not asked again.")
    @ApiResponse(responseCode = "202", description = "They are being asked")
    @MayConflict
    Begun begin(Principal user) {
        return new Begun(reviews.begin(user.getName()));
    }
}
