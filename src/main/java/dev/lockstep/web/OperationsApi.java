package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Rotations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operations: what is under way, what came of it, and the two things that can be asked of one. */
@RestController
@RequestMapping(path = "/api/v1/operations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
@ProblemResponses
class OperationsApi {

    private static final int MOST = 1000;

    private final Rotations rotations;
    private final OperationViews views;
    private final HumanTasks humanTasks;

    OperationsApi(Rotations rotations, OperationViews views, HumanTasks humanTasks) {
        this.rotations = rotations;
        this.views = views;
        this.humanTasks = humanTasks;
    }

    @GetMapping
    @Operation(summary = "List active operations", description = "Oldest first, with what they wait for.")
    List<OperationView> list(
            @Parameter(description = "only true: the history is listed per credential")
                    @RequestParam(defaultValue = "true")
                    boolean active,
            @Parameter(description = "1 to 1000") @RequestParam(defaultValue = "100") int limit) {
        if (!active) {
            throw new InvalidInput(
                    "active", "only active operations are listed here; for the others see a credential's operations");
        }
        Inputs.between("limit", limit, 1, MOST);
        return views.all(views.active(limit), humanTasks.open());
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show an operation", description = "With its attempts, oldest first.")
    @MayBeUnknown
    OperationView one(@Parameter(description = "op-17 or 17", example = "op-17") @PathVariable String id) {
        return views.one(Inputs.operation(id));
    }

    @PostMapping("/{id}/roll-back")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Go back to the previous version",
            description = "As long as the previous version was not retired. Needs the role operator.")
    @ApiResponse(responseCode = "202", description = "Asked for")
    @MayConflict
    OperationView rollBack(@PathVariable String id, Principal user) {
        long number = views.known(Inputs.operation(id)).id();
        rotations.rollBack(number, user.getName());
        return views.one(number);
    }

    @PostMapping("/{id}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Put a quarantined operation back to work",
            description = "After the cause was found and removed. Needs the role operator.")
    @ApiResponse(responseCode = "202", description = "Queued again")
    @MayConflict
    OperationView resume(@PathVariable String id, Principal user) {
        long number = views.known(Inputs.operation(id)).id();
        rotations.resume(number, user.getName());
        return views.one(number);
    }
}
