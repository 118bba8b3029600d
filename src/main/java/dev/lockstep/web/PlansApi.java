package dev.lockstep.web;

import dev.lockstep.port.Configurations;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.RefusedConfiguration.Flaw;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Plans to change the configuration, and their application. */
@RestController
@RequestMapping(path = "/api/v1/plans", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Configuration",
        description = "Planning needs the role designer or administrator, applying the role administrator.")
@ProblemResponses
class PlansApi {

    private final Configurations configurations;

    PlansApi(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Why a candidate is refused, in the form of RFC 9457 with a list of errors. */
    @Schema(name = "ConfigurationProblem")
    record Refusal(
            String title,
            int status,
            String detail,

            @Schema(description = "in the order of files and lines")
            List<Flaw> errors) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Plan a change of the configuration",
            description =
                    "Compares a candidate with what is in force and with the ledger. Changes nothing. Without a body the"
                            + " candidate is the configuration directory of the node that answers. As"
                            + " `application/json` the body maps file names to texts, as `application/zip` it holds"
                            + " files, and as `application/yaml` it is one file. The files take the place of all that are"
                            + " in force; with `merge` they are laid over them, and an empty file takes one away. At most"
                            + " 32 MB, unpacked 64 MB. Values of settings and labels are never shown.",
            requestBody =
                    @RequestBody(
                            required = false,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(type = "object", additionalPropertiesSchema = String.class),
                                        examples = @ExampleObject("""
                                                {"policies/app.yaml": "kind: Policy\\nname: app\\n..."}""")),
                                @Content(mediaType = "application/yaml", schema = @Schema(type = "string")),
                                @Content(
                                        mediaType = "application/zip",
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    @ApiResponse(responseCode = "201", description = "Planned; nothing changed")
    @ApiResponse(
            responseCode = "409",
            description = "The files cannot be laid over those in force",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = ProblemDetail.class)))
    @ApiResponse(
            responseCode = "422",
            description = "The candidate is refused; `errors` says everything that is wrong with it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = Refusal.class)))
    PlanView plan(
            @Parameter(description = "lay the files over those in force") @RequestParam(defaultValue = "false")
                    boolean merge,
            @Parameter(
                            description = "the commit that the files come from; goes into the audit trail",
                            example = "8c1f0c3d9be2ad6e6a0f2c4a5b0f6f6a7f6c1d2e")
                    @RequestParam(required = false)
                    @Nullable
                    String commit,
            @Parameter(hidden = true) HttpServletRequest request,
            Principal user)
            throws IOException {
        return PlanView.of(
                configurations.plan(PostedFiles.read(request, merge, Inputs.commit(commit)), user.getName()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Look at a plan", description = "Plans are kept for seven days.")
    @MayBeUnknown
    PlanView find(@PathVariable String id) {
        return PlanView.of(known(id));
    }

    @PostMapping("/{id}/apply")
    @Operation(
            summary = "Apply a plan",
            description =
                    "Puts its candidate in force on all nodes, at once for readers, and lets the ledger follow. May be"
                            + " repeated: what is in force already is answered as it is. Refused when something else was"
                            + " applied since the plan was made, with what that was.")
    @ApiResponse(responseCode = "200", description = "It is in force")
    @ApiResponse(
            responseCode = "422",
            description = "The candidate is not accepted any more",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = Refusal.class)))
    @MayConflict
    AppliedView apply(@PathVariable String id, Principal user) {
        return AppliedView.of(configurations.apply(known(id), user.getName()));
    }

    private Plan known(String id) {
        return configurations
                .find(Inputs.plan(id))
                .orElseThrow(() -> new NotFound("there is no plan " + id + " any more; plan again"));
    }
}
