package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Rehearsals;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rehearsals with sandbox credentials, and their reports. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Drills", description = "Beginning one and calling it off need the role operator or security.")
@ProblemResponses
class DrillsApi {

    private static final int NEWEST = 200;

    private final Rehearsals rehearsals;
    private final Drills drills;
    private final Sight sight;

    DrillsApi(Rehearsals rehearsals, Drills drills, Sight sight) {
        this.sight = sight;
        this.rehearsals = rehearsals;
        this.drills = drills;
    }

    /** Asks for a drill. */
    record DrillRequest(
            @Schema(
                    description = "leak, dead-target, dead-store, refused-password or lost-node",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    example = "dead-target")
            @Nullable
            String scenario,

            @Schema(
                    description = "for the record; no secret",
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = Inputs.LONGEST_REASON,
                    example = "the quarterly rehearsal")
            @Nullable
            String reason) {}

    @PostMapping(
            path = "/credentials/{environment}/{team}/{system}/{what}/drills",
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Begin a drill",
            description = "Only with a credential that has the label `sandbox: \"true\"`; no other credential meets the"
                    + " leak or the fault. `Location` leads to the report.")
    @ApiResponse(responseCode = "202", description = "Begun")
    @MayConflict
    ResponseEntity<DrillView> begin(
            @PathVariable String environment,
            @PathVariable String team,
            @PathVariable String system,
            @PathVariable String what,
            @RequestBody DrillRequest request,
            Principal user) {
        CredentialName name = Inputs.name(environment, team, system, what);
        Drill drill = rehearsals.begin(
                name, Inputs.scenario(request.scenario()), user.getName(), Inputs.reason(request.reason()));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/drills/" + drill.label()))
                .body(DrillView.of(drill));
    }

    @GetMapping("/drills")
    @Operation(summary = "List drills", description = "The newest 200, newest first.")
    List<DrillView> list() {
        Reach reach = sight.reading();
        return drills.newest(NEWEST).stream()
                .filter(drill -> reach.sees(drill.credential()))
                .map(DrillView::of)
                .toList();
    }

    @GetMapping("/drills/{id}")
    @Operation(summary = "Show the report of a drill", description = "Complete as soon as it is closed.")
    @MayBeUnknown
    DrillView one(@Parameter(example = "drill-7") @PathVariable String id) {
        return DrillView.of(known(id));
    }

    @PostMapping("/drills/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Call a drill off", description = "Its fault ends at once.")
    @ApiResponse(responseCode = "202", description = "Called off")
    @MayConflict
    DrillView cancel(@Parameter(example = "drill-7") @PathVariable String id, Principal user) {
        rehearsals.cancel(known(id).id(), user.getName());
        return DrillView.of(known(id));
    }

    private Drill known(String id) {
        return drills.find(Inputs.drill(id)).orElseThrow(() -> new NotFound("There is no drill " + id + "."));
    }
}
