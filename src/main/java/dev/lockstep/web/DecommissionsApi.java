package dev.lockstep.web;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Lifecycles.Selection;
import dev.lockstep.port.Permits;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends the life of many credentials at once: of an environment, or of all with certain labels. */
@RestController
@RequestMapping(path = "/api/v1/decommissions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Lifecycles")
@ProblemResponses
class DecommissionsApi {

    private final Lifecycles lifecycles;
    private final Permits permits;
    private final Batches batches;
    private final OperationViews views;
    private final Sight sight;

    DecommissionsApi(Lifecycles lifecycles, Permits permits, Batches batches, OperationViews views, Sight sight) {
        this.sight = sight;
        this.lifecycles = lifecycles;
        this.permits = permits;
        this.batches = batches;
        this.views = views;
    }

    /** Says which credentials are to go; environment and labels narrow each other. */
    record DecommissionRequest(
            @Schema(description = "first segment of the name", example = "test") @Nullable
            String environment,

            @Schema(
                    description = "labels that a credential must have, all of them",
                    example = "{\"service\": \"checkout\"}")
            @Nullable
            Map<String, String> labels,

            @Schema(description = "only tell what it would take", defaultValue = "false") @Nullable
            Boolean dryRun,

            @Schema(
                    description = "for the record; no secret",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON,
                    example = "the test environment is given up")
            @Nullable
            String reason) {}

    /** A credential that is meant. */
    record SelectedView(
            String credential,

            @Schema(description = "why it is left out; missing when nothing stands in the way") @Nullable
            String objection) {

        static SelectedView of(Lifecycles.Selected selected) {
            return new SelectedView(
                    selected.credential().value(), selected.objection().orElse(null));
        }
    }

    /** What was asked for together, and how far it is. */
    record BatchView(
            @Schema(description = "missing for a dry run") @Nullable
            Long id,

            @Nullable String selection,
            @Nullable String requestedBy,
            @Nullable Instant requestedAt,

            @Schema(description = "what is meant; only in the answer to the request") @Nullable
            List<SelectedView> credentials,

            @Nullable Progress progress,
            @Nullable List<OperationView> operations) {}

    /** How many operations stand where. */
    record Progress(int all, long underWay, long decommissioned, long kept) {

        static Progress of(List<dev.lockstep.domain.Operation> operations) {
            long closed = operations.stream()
                    .filter(operation -> operation.status() == OperationStatus.CLOSED)
                    .count();
            long gone = operations.stream()
                    .filter(operation -> operation.outcome() == Outcome.DECOMMISSIONED)
                    .count();
            return new Progress(operations.size(), operations.size() - closed, gone, closed - gone);
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Ask for the end of many credentials",
            description = "Queues one operation for each that nothing stands in the way of; `Location` leads to their"
                    + " progress. With `dryRun` it only tells what it would take. Needs the role operator.")
    @ApiResponse(responseCode = "200", description = "What it would take")
    @ApiResponse(responseCode = "202", description = "Queued")
    @MayConflict
    ResponseEntity<BatchView> decommission(@RequestBody DecommissionRequest request, Principal user) {
        String reason = Inputs.reason(request.reason());
        Selection selection = new Selection(
                Optional.ofNullable(Inputs.segment("environment", request.environment())),
                IssuanceRequest.map("labels", request.labels()));
        permits.operate(new Area(selection.environment().orElse(null), null));
        List<SelectedView> selected =
                lifecycles.selected(selection).stream().map(SelectedView::of).toList();
        if (Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(new BatchView(null, null, null, null, selected, null, null));
        }
        long batch = lifecycles.decommission(selection, user.getName(), reason);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/decommissions/" + batch))
                .body(view(known(batch), selected));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show how far a batch is", description = "With its operations.")
    @MayBeUnknown
    BatchView one(@Parameter(example = "3") @PathVariable String id) {
        long number = Inputs.batch(id);
        Batches.Batch batch = known(number);
        if (!sees(batch)) {
            throw unknown(number);
        }
        return view(batch, null);
    }

    private boolean sees(Batches.Batch batch) {
        Reach reach = sight.reading();
        return reach.whole()
                || (!batch.operations().isEmpty()
                        && batch.operations().stream().allMatch(operation -> reach.sees(operation.credential())));
    }

    private Batches.Batch known(long id) {
        return batches.find(id).orElseThrow(() -> unknown(id));
    }

    private static NotFound unknown(long id) {
        return new NotFound("There is no batch " + id + ".");
    }

    private BatchView view(Batches.Batch batch, @Nullable List<SelectedView> selected) {
        return new BatchView(
                batch.id(),
                batch.selection(),
                batch.requestedBy(),
                batch.requestedAt(),
                selected,
                Progress.of(batch.operations()),
                batch.operations().stream().map(views::withoutAttempts).toList());
    }
}
