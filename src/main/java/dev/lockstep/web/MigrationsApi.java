package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Migrations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** Running instances that move to another version of their process. */
@RestController
@RequestMapping(path = "/api/v1/processes/{process}/migrations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Processes")
@ProblemResponses
class MigrationsApi {

    private final Migrations migrations;

    MigrationsApi(Migrations migrations) {
        this.migrations = migrations;
    }

    /** Asks for a plan. */
    record MigrationRequest(
            @Schema(description = "version tag", requiredMode = Schema.RequiredMode.REQUIRED, example = "1.1") @Nullable
            String from,

            @Schema(description = "version tag", requiredMode = Schema.RequiredMode.REQUIRED, example = "1.2") @Nullable
            String to,

            @Schema(
                    description =
                            "activities that are called otherwise in the new version, old to new; equal ones are found",
                    example = "{\"RetryDelay\": \"RetryPause\"}")
            @Nullable
            Map<String, String> mappings) {}

    @GetMapping
    @Operation(summary = "List migrations", description = "Newest first.")
    List<MigrationView> list(@PathVariable String process) {
        return migrations.of(process).stream().map(MigrationView::of).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show a migration and its progress")
    MigrationView one(@PathVariable String process, @PathVariable long id) {
        return MigrationView.of(migrations.find(process, id));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Plan to move running instances",
            description = "Tries the plan for each instance and tells what would not fit. Moves nothing.")
    @ApiResponse(responseCode = "201", description = "Planned")
    @MayConflict
    ResponseEntity<MigrationView> plan(
            @PathVariable String process, @RequestBody MigrationRequest request, Principal user) {
        Migrations.Plan plan = migrations.plan(
                process,
                tag("from", request.from()),
                tag("to", request.to()),
                Objects.requireNonNullElse(request.mappings(), Map.of()),
                user.getName());
        return ResponseEntity.created(URI.create("/api/v1/processes/" + process + "/migrations/"
                        + plan.migration().id()))
                .body(MigrationView.of(plan));
    }

    @PostMapping("/{id}/confirm")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Move the instances",
            description = "One after the other; what does not fit goes on with its version. Can be repeated when a node"
                    + " was lost half way.")
    @ApiResponse(responseCode = "202", description = "Begun")
    @MayConflict
    MigrationView confirm(@PathVariable String process, @PathVariable long id, Principal user) {
        return MigrationView.of(migrations.confirm(process, id, user.getName()));
    }

    private static String tag(String field, @Nullable String tag) {
        if (tag == null || tag.isBlank()) {
            throw new InvalidInput(field, "the version tag is needed");
        }
        return tag;
    }
}
