package dev.lockstep.web;

import dev.lockstep.port.DryRuns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Tries models out before they are deployed. */
@RestController
@RequestMapping("/api/v1/processes/dry-run")
@Tag(name = "Processes")
@ProblemResponses
class DryRunApi {

    private final DryRuns runs;
    private final DryRunForm form;

    DryRunApi(DryRuns runs, DryRunForm form) {
        this.runs = runs;
        this.form = form;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Try a model out",
            description =
                    "Runs the file `model` in an engine of its own against a simulated store and target, as the JSON"
                            + " text `plan` tells; further files are forms, decisions and called processes. Takes a few"
                            + " seconds. Nothing real is read or changed.")
    @ApiResponse(responseCode = "200", description = "It ran")
    @MayConflict
    DryRunView run(
            @RequestParam Map<String, MultipartFile> files,
            @Parameter(schema = @Schema(implementation = DryRunPlan.class))
                    @RequestParam(name = DryRunForm.PLAN, required = false)
                    @Nullable
                    String plan) {
        return DryRunView.of(runs.run(form.read(files, plan)));
    }
}
