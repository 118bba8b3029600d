package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.Rollouts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** New versions of processes, given to a share of the credentials first. */
@RestController
@RequestMapping(path = "/api/v1/processes/{process}/rollouts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Processes")
@ProblemResponses
class RolloutsApi {

    private final Rollouts rollouts;

    RolloutsApi(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** Begins a roll-out. */
    record RolloutRequest(
            @Schema(description = "the newest version", requiredMode = Schema.RequiredMode.REQUIRED, example = "1.2")
            @Nullable
            String versionTag,

            @Schema(
                    description = "percent of the credentials, 1 to 100",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "5")
            @Nullable
            Integer share,

            @Schema(
                    description = "so many runs of the new version are waited for before they are compared",
                    defaultValue = "5")
            @Nullable
            Integer minimumSample,

            @Schema(
                    description = "by how many percentage points the new version may fail more often",
                    defaultValue = "5")
            @Nullable
            Integer tolerance) {

        RolloutRule rule() {
            return new RolloutRule(
                    Objects.requireNonNullElse(minimumSample, RolloutRule.USUAL.minimumSample()),
                    Objects.requireNonNullElse(tolerance, RolloutRule.USUAL.tolerance()));
        }
    }

    /** Changes the share. */
    record Share(
            @Schema(
                    description = "percent of the credentials, 1 to 100",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "20")
            @Nullable
            Integer share) {}

    /** Says why. */
    record Reason(
            @Schema(
                    description = "for the record",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON)
            @Nullable
            String reason) {}

    @GetMapping
    @Operation(summary = "List the roll-outs of a process", description = "Newest first, with how both versions go.")
    List<RolloutView> list(@PathVariable String process) {
        return rollouts.of(process).stream().map(RolloutView::of).toList();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Give the newest version to a share of the credentials",
            description = "All others keep the version before. One that is open for an older version ends.")
    @ApiResponse(responseCode = "201", description = "Open")
    @MayConflict
    ResponseEntity<RolloutView> open(
            @PathVariable String process, @RequestBody RolloutRequest request, Principal user) {
        String versionTag = request.versionTag();
        if (versionTag == null || versionTag.isBlank()) {
            throw new InvalidInput("versionTag", "the version tag of the newest version is needed");
        }
        Rollout opened = rollouts.open(process, versionTag, needed(request.share()), request.rule(), user.getName());
        return ResponseEntity.created(URI.create("/api/v1/processes/" + opened.process() + "/rollouts"))
                .body(view(opened));
    }

    @PutMapping(path = "/{id}/share", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Change the share",
            description = "Credentials that have the new version keep it when the share grows.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @MayConflict
    RolloutView widen(@PathVariable String process, @PathVariable long id, @RequestBody Share share, Principal user) {
        return view(rollouts.widen(process, id, needed(share.share()), user.getName()));
    }

    @PostMapping("/{id}/complete")
    @Operation(summary = "Give the new version to all credentials")
    @ApiResponse(responseCode = "200", description = "Completed")
    @MayConflict
    RolloutView complete(@PathVariable String process, @PathVariable long id, Principal user) {
        return view(rollouts.complete(process, id, user.getName()));
    }

    @PostMapping(path = "/{id}/return", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Return to the former version",
            description = "For new operations; what runs finishes on its version.")
    @ApiResponse(responseCode = "200", description = "Returned")
    @MayConflict
    RolloutView giveBack(
            @PathVariable String process, @PathVariable long id, @RequestBody Reason reason, Principal user) {
        return view(rollouts.giveBack(process, id, user.getName(), Inputs.reason(reason.reason())));
    }

    private RolloutView view(Rollout rollout) {
        return rollouts.of(rollout.process()).stream()
                .filter(progress -> progress.rollout().id() == rollout.id())
                .map(RolloutView::of)
                .findFirst()
                .orElseThrow(() -> new NotFound("There is no such roll-out."));
    }

    private static int needed(@Nullable Integer share) {
        if (share == null) {
            throw new InvalidInput("share", "a share is 1% to 100% of the credentials");
        }
        return share;
    }
}
