package dev.lockstep.web;

import dev.lockstep.port.ModelLint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Says what a deployment would refuse. */
@RestController
@Tag(name = "Processes")
@ProblemResponses
class LintApi {

    private final ModelLint lint;
    private final DryRunForm form;

    LintApi(ModelLint lint, DryRunForm form) {
        this.lint = lint;
        this.form = form;
    }

    /** A reason to refuse a file. */
    @Schema(name = "LintFinding")
    record FindingView(
            @Schema(example = "rotation.bpmn") String file,

            @Schema(description = "id of the element; missing when the whole file is meant") @Nullable
            String element,

            String sentence) {

        static FindingView of(ModelLint.Finding finding) {
            return new FindingView(
                    finding.file(), finding.element().isEmpty() ? null : finding.element(), finding.sentence());
        }
    }

    @PostMapping(
            path = "/api/v1/processes/lint",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Say what a deployment would refuse",
            description = "Looks at the files of one deployment by the deployment rules. Deploys nothing. An empty list"
                    + " means that no rule refuses them.")
    @ApiResponse(responseCode = "200", description = "Looked at")
    List<FindingView> lint(@RequestParam Map<String, MultipartFile> files) {
        return lint.check(form.all(files)).stream().map(FindingView::of).toList();
    }
}
