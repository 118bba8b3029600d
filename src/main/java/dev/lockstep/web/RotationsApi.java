package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.Versions;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What automation can ask for a credential. */
@RestController
@RequestMapping("/api/v1/credentials/{environment}/{team}/{system}/{what}")
@Tag(name = "Rotations", description = "Needs the role operator.")
@ProblemResponses
class RotationsApi {

    private final Rotations rotations;
    private final CredentialRows rows;
    private final Consumers consumers;
    private final Versions versions;
    private final OperationViews views;

    RotationsApi(
            Rotations rotations, CredentialRows rows, Consumers consumers, Versions versions, OperationViews views) {
        this.rotations = rotations;
        this.rows = rows;
        this.consumers = consumers;
        this.versions = versions;
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
            Boolean emergency) {}

    /** Tells which version a consumer uses. */
    record Acknowledgement(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", example = "4") @Nullable
            Integer version) {}

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
        var operation = rotations.rotate(name, emergency, user.getName(), reason);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation.label()))
                .body(views.withoutAttempts(operation));
    }

    @PutMapping(path = "/consumers/{consumer}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Tell that a consumer uses a version",
            description = "Ends the grace of the previous version when it was the last consumer. Can be repeated.")
    @ApiResponse(responseCode = "204", description = "Noted")
    @MayConflict
    void acknowledge(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String consumer,
            @RequestBody Acknowledgement request) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        if (consumers.of(name).stream().noneMatch(each -> each.consumer().equals(consumer))) {
            throw new NotFound("The credential " + name + " has no registered consumer of that name.");
        }
        Integer version = request.version();
        if (version == null || version < 1) {
            throw new InvalidInput("version", "the number of a version, counted from 1, is needed");
        }
        SecretRef ref = new SecretRef(name, version);
        if (versions.find(ref).isEmpty()) {
            throw new InvalidInput("version", "there is no version " + ref);
        }
        rotations.acknowledge(consumer, ref);
    }

    /** The names of consumers may hold slashes. */
    @PutMapping(path = "/consumers/{first}/{second}/acknowledgement", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Hidden
    void acknowledgeNested(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @PathVariable String first,
            @PathVariable String second,
            @RequestBody Acknowledgement request) {
        acknowledge(environment, team, system, what, first + '/' + second, request);
    }
}
