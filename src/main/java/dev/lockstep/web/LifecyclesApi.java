package dev.lockstep.web;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Permits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What automation can ask about the beginning and the end of a credential's life. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Lifecycles", description = "Needs the role operator.")
@ProblemResponses
class LifecyclesApi {

    private final Lifecycles lifecycles;
    private final Permits permits;
    private final CredentialRows rows;
    private final OperationViews views;

    LifecyclesApi(Lifecycles lifecycles, Permits permits, CredentialRows rows, OperationViews views) {
        this.lifecycles = lifecycles;
        this.permits = permits;
        this.rows = rows;
        this.views = views;
    }

    /** Says why something is asked for. */
    record Reason(
            @Schema(
                    description = "for the record; no secret",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON,
                    example = "the service was switched off")
            @Nullable
            String reason) {}

    @PostMapping(path = "/credentials", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Ask for a new credential",
            description = "Answers as soon as the request is durable; `Location` leads to the operation, which ends as"
                    + " `issued`, or as `refused` with the policy's reasons.")
    @ApiResponse(responseCode = "202", description = "Queued")
    @MayConflict
    ResponseEntity<OperationView> issue(@RequestBody IssuanceRequest request, Principal user) {
        String reason = Inputs.reason(request.reason());
        Definition definition = request.definition();
        permits.operate(Area.of(definition.name()));
        return accepted(lifecycles.issue(definition, user.getName(), reason));
    }

    @PostMapping(
            path = "/credentials/{environment}/{team}/{system}/{what}/decommission",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Ask for the end of a credential",
            description = "Approval, quarantine, removal and proof follow by its policy; `Location` leads to the"
                    + " operation.")
    @ApiResponse(responseCode = "202", description = "Queued")
    @MayConflict
    ResponseEntity<OperationView> decommission(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestBody Reason request,
            Principal user) {
        CredentialName name =
                rows.one(Inputs.name(environment, team, system, what)).name();
        return accepted(lifecycles.decommission(name, user.getName(), Inputs.reason(request.reason())));
    }

    private ResponseEntity<OperationView> accepted(dev.lockstep.domain.Operation operation) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation.label()))
                .body(views.withoutAttempts(operation));
    }

    @PostMapping("/operations/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Take a request back",
            description =
                    "An issuance as long as it is not approved; a decommission as long as its account is not being"
                            + " removed: it is enabled again then.")
    @ApiResponse(responseCode = "202", description = "Asked for")
    @MayConflict
    OperationView cancel(@Parameter(example = "op-17") @PathVariable String id, Principal user) {
        long number = views.known(Inputs.operation(id)).id();
        lifecycles.cancel(number, user.getName());
        return views.one(number);
    }
}
