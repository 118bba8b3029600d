package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Rotations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What automation can ask for a credential. */
@RestController
@RequestMapping("/api/v1/credentials/{environment}/{team}/{system}/{what}")
@Tag(name = "Rotations", description = "Needs the role operator.")
@ProblemResponses
class RotationsApi {

    private final Rotations rotations;
    private final CredentialRows rows;
    private final OperationViews views;

    RotationsApi(Rotations rotations, CredentialRows rows, OperationViews views) {
        this.rotations = rotations;
        this.rows = rows;
        this.views = views;
    }

    /** Asks for a rotation. */
    record RotationRequest(
            @Schema(
                    description = "for the record; no secret",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON,
                    example = "a colleague left")
            @Nullable
            String reason,

            @Schema(
                    description = "overtakes routine work, allows no grace, and takes over from an operation that is"
                            + " under way",
                    defaultValue = "false")
            @Nullable
            Boolean emergency,

            @Schema(
                    description = "does without the approval that it may need; whoever would have approved reviews it"
                            + " afterwards",
                    defaultValue = "false")
            @Nullable
            Boolean breakGlass) {}

    @PostMapping(
            path = "/rotations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Start a rotation",
            description = "Answers as soon as the request is durable; `Location` leads to the operation.")
    @ApiResponse(responseCode = "202", description = "Queued")
    @MayConflict
    ResponseEntity<OperationView> rotate(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestBody RotationRequest request,
            Principal user) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        String reason = Inputs.reason(request.reason());
        boolean emergency = Boolean.TRUE.equals(request.emergency());
        boolean breakGlass = Boolean.TRUE.equals(request.breakGlass());
        if (emergency && breakGlass) {
            throw new InvalidInput("breakGlass", "an emergency needs no approval: ask for one of the two");
        }
        var operation = breakGlass
                ? rotations.breakGlass(name, user.getName(), reason)
                : rotations.rotate(name, emergency, user.getName(), reason);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation.label()))
                .body(views.withoutAttempts(operation));
    }
}
